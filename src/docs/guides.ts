import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { packageRoot } from "../config/package.js";
import type { Page } from "./reference-pages.js";

/** The folders whose guides are pages of the site; a guide lies beside what it explains. */
const folders = ["", "envs", "agents", "gan", "reports", "src"];

/** Every guide as a page: the Markdown files at the root, and the README of each folder and of those in it. */
export function guidePages(): Page[] {
  const files = folders.flatMap((folder) => [
    ...markdownIn(folder),
    ...(folder === "" ? [] : readdirSync(join(packageRoot, folder), { withFileTypes: true }))
      .filter((entry) => entry.isDirectory())
      .flatMap(({ name }) => markdownIn(posix.join(folder, name))),
  ]);
  return files.map((file) => {
    const text = readFileSync(join(packageRoot, file), "utf8");
    const title = text.match(/^# (.+)$/m)?.[1] ?? file;
    return { path: sitePath(file), title, text: rebase(text.replace(/^# .+\n/m, ""), dirname(file)) };
  });
}

function markdownIn(folder: string): string[] {
  if (!existsSync(join(packageRoot, folder))) return [];
  return readdirSync(join(packageRoot, folder))
    .filter((name) => name.endsWith(".md"))
    .sort()
    .map((name) => posix.join(folder, name));
}

/** `src/optim/README.md` → `guides/src/optim`, `README.md` → `index` */
export function sitePath(file: string): string {
  if (file === "README.md") return "index";
  return posix.join(
    "guides",
    file
      .replace(/\/README\.md$/, "")
      .replace(/\.md$/, "")
      .toLowerCase(),
  );
}

/** A guide's text with its links relative to the package's root. */
function rebase(text: string, folder: string): string {
  return text.replaceAll(
    /\]\((?!https?:|#|mailto:)([^)#\s]+)/g,
    (_, target) => `](${posix.normalize(posix.join(folder, target))}`,
  );
}
