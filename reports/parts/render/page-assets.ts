import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../../src/config/package.js";

// Built by `npm run build:page` from reports/page, and part of the package.

/** The script that draws figures and sorts tables, minified. */
export const pageScript = (): string => asset("report.js");

/** The look of every page, light and dark, on screens and on paper. */
export const pageStyle = (): string => asset("report.css");

const read = new Map<string, string>();

function asset(name: string): string {
  const known = read.get(name);
  if (known !== undefined) return known;
  const text = readFileSync(join(packageRoot, "dist", "page", name), "utf8");
  read.set(name, text);
  return text;
}
