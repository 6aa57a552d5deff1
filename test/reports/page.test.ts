import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { colours } from "../../reports/parts/colours.js";
import type { Findings } from "../../reports/parts/findings.js";
import { band, line, marks } from "../../reports/parts/panel.js";
import { writeFindings } from "../../reports/parts/render/write.js";
import { violations } from "../browser/axe.js";
import { describeInChromium } from "../browser/chromium.js";

const points = (slope: number) => Array.from({ length: 20 }, (_, i) => ({ x: i + 1, y: slope * (i + 1) }));
const findings: Findings = {
  title: "A report",
  introduction: "What it is about.",
  verdicts: [{ claim: "It grows.", verdict: "true", because: "By 2 a step." }],
  sections: [
    {
      heading: "Growth",
      figure: {
        file: "growth.png",
        title: "It grows by 2 a step",
        caption: "Both axes are logarithmic.",
        columns: 2,
        panels: [0, 1].map((i) => ({
          title: `Panel ${i + 1}`,
          x: { title: "steps", scale: "logarithmic" },
          y: { title: "size", scale: "logarithmic" },
          series: [
            band(points(1.5), points(2.5), colours.blue),
            line("twice", points(2), colours.black),
            marks("measured", points(2.1), colours.vermillion, { shape: "triangle" }),
          ],
        })),
      },
      content: [
        {
          header: ["name", "size"],
          rows: [
            ["b", "10"],
            ["a", "−2"],
            ["c", "3·10⁻¹"],
          ],
        },
      ],
    },
  ],
};

describeInChromium("a report's page, opened from disk", (browser) => {
  const folder = mkdtempSync(join(tmpdir(), "ringdown-page-"));
  const complaints: string[] = [];
  const requests: string[] = [];
  let page: Page;

  beforeAll(async () => {
    const provenance = { study: "mine", facts: [], experiments: { header: ["experiment"], rows: [["first"]] } };
    await writeFindings(findings, provenance, folder);
    const context = await browser().newContext({ viewport: { width: 1280, height: 900 } });
    page = await context.newPage();
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(join(folder, "index.html")).href);
    await page.locator("canvas").nth(1).waitFor();
  });
  afterAll(async () => {
    await page.context().close();
    rmSync(folder, { recursive: true });
  });

  const picture = (canvas = 0): Promise<string> =>
    page.evaluate(`document.querySelectorAll("canvas")[${canvas}].toDataURL()`);

  it("asks for nothing besides itself, and complains of nothing", () => {
    expect(requests.filter((address) => !address.startsWith("data:"))).toHaveLength(1);
    expect(complaints).toEqual([]);
  });

  it.each(["light", "dark"] as const)("has nothing that axe finds wrong, %s", async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    expect(await violations(page)).toEqual([]);
  });

  it("draws charts anew in the dark", async () => {
    await page.emulateMedia({ colorScheme: "light" });
    await page.waitForFunction("document.documentElement.dataset.theme === 'light'");
    const light = await picture();
    await page.getByRole("button", { name: "Dark" }).click();
    await expect.poll(() => picture()).not.toBe(light);
    await page.getByRole("button", { name: "Dark" }).click();
    await expect.poll(() => picture()).toBe(light);
  });

  it("hides a curve and shows it again, in its own panel only", async () => {
    const [before, other] = [await picture(), await picture(1)];
    const key = page.getByRole("button", { name: "measured" }).first();
    await key.click();
    expect(await key.getAttribute("aria-pressed")).toBe("false");
    expect(await picture()).not.toBe(before);
    expect(await picture(1)).toBe(other);
    await key.click();
    expect(await picture()).toBe(before);
  });

  it("enlarges by the keyboard, and goes back", async () => {
    const before = await picture();
    await page.locator("canvas").first().focus();
    await page.keyboard.press("+");
    await page.keyboard.press("ArrowRight");
    expect(await picture()).not.toBe(before);
    await page.getByRole("button", { name: "Show all" }).click();
    expect(await picture()).toBe(before);
  });

  it("says the numbers under the pointer", async () => {
    const before = await picture();
    await page
      .locator("canvas")
      .first()
      .hover({ position: { x: 200, y: 150 } });
    await expect.poll(picture).not.toBe(before);
  });

  it("lists a panel's numbers for those who see no picture", async () => {
    await page.getByText("Numbers", { exact: true }).first().click();
    const rows = page.locator(".numbers table").first().locator("tbody tr");
    await expect.poll(() => rows.count()).toBe(80);
    expect(await rows.nth(40).innerText()).toBe("twice\t1\t2");
  });

  it("sorts a table up, down and back", async () => {
    const names = async () =>
      (await page.locator("table.sortable").first().locator("tbody td:first-child").allInnerTexts()).join("");
    const head = page.getByRole("button", { name: "size" });
    await head.click();
    expect(await names()).toBe("acb");
    await head.click();
    expect(await names()).toBe("bca");
    await head.click();
    expect(await names()).toBe("bac");
  });

  it("fits a telephone", async () => {
    await page.setViewportSize({ width: 390, height: 800 });
    await expect.poll(() => page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 1280, height: 900 });
  });
});
