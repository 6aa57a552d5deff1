import puppeteer, { type Browser } from "puppeteer-core";
import { describeIn, type Installed } from "./in-browser.js";

/** Driven by WebDriver BiDi: Playwright knows its own build alone. */
const installed: Installed<Browser> = {
  name: "Firefox",
  variable: "FIREFOX",
  places: ["/usr/bin/firefox-esr", "/usr/bin/firefox"],
  launch: (executablePath) => puppeteer.launch({ browser: "firefox", executablePath, headless: true }),
};

/** A group of tests in Firefox, see {@link describeIn}. */
export const describeInFirefox = (group: string, tests: (browser: () => Browser) => void) =>
  describeIn(installed, group, tests);
