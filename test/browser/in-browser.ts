import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe } from "vitest";

/** A browser that a machine may have. */
export interface Installed<Browser> {
  readonly name: string;
  /** The variable of the environment that names it, and where it lies else. */
  readonly variable: string;
  readonly places: readonly string[];
  launch(executablePath: string): Promise<Browser>;
}

/**
 * A group of tests in a browser that the system has. Without one they are skipped, which the group's name says.
 *
 * @param tests gets what opens the browser's one instance
 */
export function describeIn<Browser extends { close(): Promise<void> }>(
  { name, variable, places, launch }: Installed<Browser>,
  group: string,
  tests: (browser: () => Browser) => void,
): void {
  const path = [process.env[variable], ...places].find((place) => place !== undefined && existsSync(place));
  if (path === undefined) {
    const reason = `skipped: no ${name}; install one, or name it in ${variable}`;
    const missing = (): never => {
      throw new Error(reason);
    };
    describe.skip(`${group} (${reason})`, () => tests(missing));
    return;
  }
  describe(`${group} in ${name}`, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launch(path);
    }, 60_000);
    afterAll(() => browser.close());
    tests(() => browser);
  });
}
