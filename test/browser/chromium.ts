import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe } from "vitest";

const places = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const executablePath = places.find((path) => path !== undefined && existsSync(path));

/**
 * A group of tests in Chromium. Without one they are skipped, which the group's name says.
 *
 * @param tests gets what opens the browser's one instance
 */
export function describeInChromium(name: string, tests: (browser: () => Browser) => void): void {
  if (executablePath === undefined) {
    describe.skip(`${name} (skipped: no Chromium; install one, or name it in CHROMIUM)`, () => tests(missing));
    return;
  }
  describe(`${name} in Chromium`, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
    });
    afterAll(() => browser.close());
    tests(() => browser);
  });
}

function missing(): never {
  throw new Error("no Chromium");
}
