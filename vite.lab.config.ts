import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { defineConfig, type Plugin } from "vite";

/** Takes `x.browser.ts` for `x.ts` where there is one: the doors to Node, shut in a browser. */
const browserDoors: Plugin = {
  name: "browser-doors",
  enforce: "pre",
  resolveId(source, importer) {
    if (importer === undefined || !source.startsWith(".") || !source.endsWith(".js")) return null;
    const standIn = resolve(importer, "..", source.replace(/\.js$/, ".browser.ts"));
    return existsSync(standIn) ? standIn : null;
  },
};

/** The lab: a page for any static host, whose paths are relative. */
export default defineConfig({
  root: "src/page",
  base: "./",
  publicDir: false,
  plugins: [browserDoors],
  worker: { format: "es", plugins: () => [browserDoors] },
  build: { outDir: "../../dist/lab", emptyOutDir: true, target: "es2022", license: { fileName: "licences.md" } },
});
