import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { violations } from "../browser/axe.js";
import { describeInChromium } from "../browser/chromium.js";
import { ringdown } from "../cli/run-cli.js";
import { labServer } from "./lab-server.js";
import { configurations, expectSameHashes, hashOf } from "./same-hash.js";

/** On a machine that does other things too, an answer takes its time. */
const soon = <T>(look: () => T) => expect.poll(look, { timeout: 20_000 });

const stages = ["games", "gan", "agent", "chapters"];

describeInChromium("the lab", (browser) => {
  const complaints: string[] = [];
  const url = labServer();
  let page: Page;

  beforeAll(async () => {
    const context = await browser().newContext({ viewport: { width: 1280, height: 900 } });
    page = await context.newPage();
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
  });
  afterAll(() => page.context().close());

  /** Opens an address anew and waits for what its worker says first. */
  const open = async (hash: string) => {
    await page.goto("about:blank");
    await page.goto(url(hash));
    await soon(() => page.locator(".hash").count()).toBeGreaterThan(0);
  };
  const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
  const step = async () => Number((await page.locator(".counter").innerText()).replace(/\D/g, ""));
  const hashes = () => page.locator(".hash").allInnerTexts();
  const commands = () => page.locator(".command").allInnerTexts();

  it.each(configurations)("comes to the parameters of the command line that it names: %s", async (hash) => {
    await open(hash);
    await press("Play");
    await soon(() => page.locator(".status").innerText()).toContain("the run is at its end");
    await soon(async () => (await commands()).length).toBeGreaterThan(0);
    await expectSameHashes(await commands(), await hashes());
  });

  it("names a run in which a button has changed the world", async () => {
    await open("agent?env.id=CartPole-v1&optimizer.name=rmsprop&other.optimizer.name=adam&seed=1");
    for (let i = 0; i < 3; i++) await press("Step");
    await soon(step).toBeGreaterThan(100);
    await press("Swap the actions");
    await press("Step");
    await soon(async () => (await commands())[0]).toContain("env.drift=");
    await press("Step");
    const at = await step();
    await soon(async () => (await commands())[0]).toContain(`--steps ${at} `);
    await expectSameHashes(await commands(), await hashes());
  });

  it.each(["games", "gan"])(
    "goes on when ρ changes in the middle, and says that no command does so: %s",
    async (stage) => {
      await open(`${stage}?optimizer.name=rmsprop&optimizer.lr=0.001`);
      for (let i = 0; i < 3; i++) await press("Step");
      await soon(step).toBe(3);
      const rho = page.getByLabel("rho", { exact: true }).first();
      await rho.fill("0.5");
      await rho.press("Enter");
      await soon(() => page.locator(".status").innerText()).toContain("the state is kept");
      expect(await step()).toBe(3);
      expect(page.url()).toContain("optimizer.rho=0.5");
      await press("Step");
      await soon(step).toBe(4);
      await soon(() => page.getByText("no command makes this change").count()).toBe(1);
      await press("Restart");
      await soon(step).toBe(0);
    },
  );

  it("begins anew where the state would not serve, and goes back by the browser's button", async () => {
    await open("games?optimizer.name=sgd&optimizer.lr=0.1");
    await press("Step");
    await soon(step).toBe(1);
    await page.getByLabel("kind").nth(1).selectOption("adam");
    await soon(step).toBe(0);
    expect(page.url()).toContain("optimizer.name=adam");
    await page.goBack();
    await soon(() => page.getByLabel("kind").nth(1).inputValue()).toBe("sgd");
  });

  it("says what is wrong with a value, and goes on", async () => {
    await open("games?optimizer.name=rmsprop");
    const rho = page.getByLabel("rho", { exact: true }).first();
    await rho.fill("2");
    await rho.press("Enter");
    await soon(() => page.locator(".status").innerText()).toMatch(/optimizer\.rho: expected .* found 2/);
    await press("Step");
    await soon(step).toBe(1);
  });

  it("takes the start from where it is dragged", async () => {
    await open("games?game.name=dirac&game.start=[0.1,1]&optimizer.name=sgd");
    const plane = page.locator("canvas").first();
    await plane.dragTo(plane, { sourcePosition: { x: 300, y: 100 }, targetPosition: { x: 120, y: 90 } });
    await soon(() => page.url()).not.toContain("game.start=[0.1,1]");
    const start = /game\.start=\[([^\]]*)\]/.exec(decodeURIComponent(page.url()))?.[1].split(",").map(Number) ?? [];
    // The plane shows (ψ, θ), the configuration says (θ, ψ): left of the middle is a negative ψ, above it a positive θ.
    expect([Math.sign(start[0]), Math.sign(start[1])]).toEqual([1, -1]);
  });

  /** Saves what the page offers into an empty folder. */
  const saved = async (name: string) => {
    const folder = mkdtempSync(join(tmpdir(), "lab-"));
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByText(`Save ${name}`).click()]);
    await download.saveAs(join(folder, name));
    return folder;
  };

  it("learns points that are drawn, as the command line does from the file that the page gives", async () => {
    await open("gan?game.name=points&optimizer.name=adam&optimizer.lr=0.001&batch=16&steps=10");
    const plane = page.locator("canvas").first();
    await plane.dragTo(plane, { sourcePosition: { x: 200, y: 200 }, targetPosition: { x: 260, y: 240 } });
    await soon(() => page.url()).toContain("points=");
    await press("Play");
    await soon(() => page.locator(".status").first().innerText()).toContain("the run is at its end");
    await soon(async () => (await commands())[0]).toContain("game.file=points.csv");
    const [[shown], [command], folder] = [await hashes(), await commands(), await saved("points.csv")];
    expect(readFileSync(join(folder, "points.csv"), "utf8").split("\n").length).toBeGreaterThan(1);
    expect(await hashOf(command, folder), command).toBe(shown);
  });

  it("comes to the parameters of a claim's run that the study file names", async () => {
    await open("chapters?claim=tracking&optimizer.rho=0.9&steps=300&seed=2");
    await soon(() => page.locator(".status").first().innerText()).toContain("the run is at its end");
    await soon(async () => (await commands()).length).toBe(1);
    const [shown] = await hashes();
    const folder = await saved("from-the-lab.yaml");
    expect(ringdown(folder, "run", "from-the-lab.yaml", "--engine", "wasm").status).toBe(0);
    const runs = join(folder, "results/from-the-lab/runs");
    const [run] = readdirSync(runs);
    expect(JSON.parse(readFileSync(join(runs, run, "run.json"), "utf8")).parametersSha256).toBe(shown);
  }, 180_000);

  it("says of a claim what the command line's report says", async () => {
    await open("chapters?claim=square-average");
    await press("Test the claim");
    await soon(() => page.locator(".test .badge").count()).toBe(1);
    const because = await page.locator(".test .verdict p").last().innerText();
    await soon(() => page.locator(".test .panel canvas").count()).toBeGreaterThan(0);
    const folder = mkdtempSync(join(tmpdir(), "lab-"));
    ringdown(folder, "run", "chapters", "--quick", "--only", "square-average", "--engine", "wasm");
    expect(readFileSync(join(folder, "results/chapters/report.md"), "utf8")).toContain(because);
  }, 180_000);

  it("tells a claim in the chapters' words, and where its runs are played", async () => {
    await open("chapters?claim=memory");
    const claim = page.getByLabel("claim", { exact: true });
    expect((await claim.locator("option").allInnerTexts()).length).toBeGreaterThan(30);
    // With a closed form, without, a network's, an agent's.
    for (const name of ["saddle-escape", "rosenbrock", "correction-network", "rl-tracking"]) {
      await claim.selectOption(name);
      await soon(() => page.locator(".card code").innerText()).toBe(`ringdown run chapters --only ${name}`);
      expect(await page.locator(".status").first().innerText(), name).not.toContain("Refused");
    }
    await claim.selectOption("gan-momentum");
    await page.getByRole("link", { name: "Play it on the stage Games" }).click();
    await soon(() => page.locator("h1").innerText()).toBe("Small games");
    await press("Step");
    await soon(step).toBe(1);
  });

  it("draws what frequencies the mean of a GAN moves at", async () => {
    await open("gan?game.name=ring&optimizer.name=rmsprop&network.hidden=[8]&batch=16&steps=200");
    await press("Play");
    await soon(() => page.locator(".status").first().innerText()).toContain("the run is at its end");
    // Blue is the curve's alone.
    const ink = () =>
      page.evaluate(`(() => {
        const canvas = document.querySelector(".series canvas");
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        let blue = 0;
        for (let i = 0; i < data.length; i += 4) if (data[i + 3] > 200 && data[i + 2] > data[i] + 100) blue++;
        return blue;
      })()`);
    await soon(ink).toBeGreaterThan(50);
  });

  it("takes none for a number, and the number back", async () => {
    await open("agent?env.id=CartPole-v1&optimizer.name=rmsprop&other.optimizer.name=adam");
    await page.getByText("Agent", { exact: true }).last().click();
    const none = page.getByLabel("maxGradientNorm: none");
    await none.check();
    await soon(() => page.url()).toContain("agent.maxGradientNorm=null");
    await soon(() => page.getByLabel("maxGradientNorm", { exact: true }).isDisabled()).toBe(true);
    await none.uncheck();
    await soon(() => page.getByLabel("maxGradientNorm", { exact: true }).inputValue()).toBe("0.5");
    expect(page.url()).not.toContain("null");
  });

  describe.each(stages)("the stage %s", (stage) => {
    it.each(["light", "dark"] as const)("has nothing that axe finds wrong, %s", async (colorScheme) => {
      await page.emulateMedia({ colorScheme });
      await open(stage);
      await press("Step");
      expect(await violations(page)).toEqual([]);
    });

    it("fits a telephone", async () => {
      await page.setViewportSize({ width: 390, height: 800 });
      await open(stage);
      for (let i = 0; i < 10; i++) await press("Step");
      await soon(step).toBeGreaterThan(9);
      await expect
        .poll(() => page.evaluate("document.documentElement.scrollWidth - innerWidth"))
        .toBeLessThanOrEqual(0);
      await page.setViewportSize({ width: 1280, height: 900 });
    });
  });

  it("has complained of nothing", () => {
    expect(complaints).toEqual([]);
  });
});
