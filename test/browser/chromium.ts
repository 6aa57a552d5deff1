import { type Browser, chromium } from "playwright-core";
import { describeIn, type Installed } from "./in-browser.js";

const installed: Installed<Browser> = {
  name: "Chromium",
  variable: "CHROMIUM",
  places: ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"],
  launch: (executablePath) => chromium.launch({ executablePath, args: ["--no-sandbox"] }),
};

/** A group of tests in Chromium, see {@link describeIn}. */
export const describeInChromium = (group: string, tests: (browser: () => Browser) => void) =>
  describeIn(installed, group, tests);
