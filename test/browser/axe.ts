import axe from "axe-core";
import type { Page } from "playwright-core";

/** What axe finds wrong with a page for readers with other senses and devices: the rules' names and the elements. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(
    "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')))",
  );
}
