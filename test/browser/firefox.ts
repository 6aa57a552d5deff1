import { existsSync } from "node:fs";
import puppeteer, { type Browser } from "puppeteer-core";
import { afterAll, beforeAll, describe } from "vitest";

const places = [process.env.FIREFOX, "/usr/bin/firefox-esr", "/usr/bin/firefox"];
const executablePath = places.find((path) => path !== undefined && existsSync(path));

/**
 * A group of tests in the Firefox that the system has, driven by WebDriver BiDi: Playwright knows its own build alone.
 * Without one they are skipped, which the group's name says.
 *
 * @param tests gets what opens the browser's one instance
 */
export function describeInFirefox(name: string, tests: (browser: () => Browser) => void): void {
  if (executablePath === undefined) {
    describe.skip(`${name} (skipped: no Firefox; install one, or name it in FIREFOX)`, () => tests(missing));
    return;
  }
  describe(`${name} in Firefox`, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true });
    }, 60_000);
    afterAll(() => browser.close());
    tests(() => browser);
  });
}

function missing(): never {
  throw new Error("no Firefox");
}
