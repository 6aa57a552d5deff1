import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { packageRoot } from "../config/package.js";
import { htmlOf, picturesIn, style } from "./html.js";
import { allPages } from "./pages.js";

// `npm run docs`: the site into dist/docs, to be opened from disk or served by any static host.

const folder = join(packageRoot, "dist", "docs");
const pages = await allPages();
rmSync(folder, { recursive: true, force: true });
for (const page of pages) {
  const file = join(folder, `${page.path}.html`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, htmlOf(page, pages));
}
for (const picture of picturesIn(pages)) {
  mkdirSync(dirname(join(folder, picture)), { recursive: true });
  copyFileSync(join(packageRoot, picture), join(folder, picture));
}
writeFileSync(join(folder, "style.css"), style);
// `--pages` leaves out the library's exports, which take the compiler most of a minute.
if (!process.argv.includes("--pages")) {
  const { writeApi } = await import("./api.js");
  if (!(await writeApi(join(folder, "api")))) process.exitCode = 1;
}
