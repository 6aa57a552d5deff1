import type { Page } from "puppeteer-core";
import { beforeAll, expect, it } from "vitest";
import { describeInFirefox } from "../browser/firefox.js";
import { labServer } from "./lab-server.js";
import { configurations, expectSameHashes } from "./same-hash.js";

describeInFirefox("the lab", (browser) => {
  const complaints: string[] = [];
  const url = labServer();
  let page: Page;

  beforeAll(async () => {
    page = await browser().newPage();
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
  });

  /** Opens an address anew. */
  const open = async (hash: string) => {
    await page.goto("about:blank");
    await page.goto(url(hash));
  };
  const said = (text: string) =>
    page.waitForFunction(`document.body.innerText.includes(${JSON.stringify(text)})`, { timeout: 30_000 });
  const texts = (selector: string) =>
    page.$$eval(selector, (found) => found.map(({ textContent }) => textContent ?? ""));

  it.each(configurations)("comes to the parameters of the command line that it names: %s", async (hash) => {
    await open(hash);
    await page.waitForSelector(".hash");
    await page.click(".primary");
    await said("the run is at its end");
    await page.waitForSelector(".command");
    await expectSameHashes(await texts(".command"), await texts(".hash"));
  });

  it("tests a claim", async () => {
    await open("chapters?claim=square-average");
    await said("the run is at its end");
    await page.locator("::-p-text(Test the claim)").click();
    await page.waitForSelector(".test .panel canvas", { timeout: 30_000 });
    expect(await texts(".test .badge")).toEqual(["True"]);
  });

  it("has complained of nothing", () => {
    expect(complaints).toEqual([]);
  });
});
