import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { staticServer } from "../../src/cli/static-server.js";
import { describeInFirefox } from "../browser/firefox.js";
import { configurations, expectSameHashes } from "./same-hash.js";

describeInFirefox("the lab", (browser) => {
  const complaints: string[] = [];
  let server: Server;
  let page: Page;

  beforeAll(async () => {
    server = staticServer("dist/lab");
    await once(server.listen(0, "127.0.0.1"), "listening");
    page = await browser().newPage();
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });

  /** Opens an address anew. */
  const open = async (hash: string) => {
    await page.goto("about:blank");
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/#/${hash}`);
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
