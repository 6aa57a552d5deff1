import { existsSync, readdirSync, readFileSync } from "node:fs";
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

/** The licences of what the worker's script holds; the page's own are vite's to write. */
const workerLicences: Plugin = {
  name: "worker-licences",
  generateBundle() {
    const folders = [...this.getModuleIds()].map((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0]);
    const packages = [...new Set(folders.filter((folder) => folder !== undefined))].sort();
    const texts = packages.map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
      const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
      return `## ${name} - ${version} (${license})\n\n${file === undefined ? "" : readFileSync(`${folder}/${file}`, "utf8")}`;
    });
    this.emitFile({
      type: "asset",
      fileName: "licences-of-the-worker.md",
      source: `# Licenses\n\n${texts.join("\n")}`,
    });
  },
};

/** The lab: a page for any static host, whose paths are relative. */
export default defineConfig({
  root: "src/page",
  base: "./",
  publicDir: false,
  plugins: [browserDoors],
  worker: { format: "es", plugins: () => [browserDoors, workerLicences] },
  build: { outDir: "../../dist/lab", emptyOutDir: true, target: "es2022", license: { fileName: "licences.md" } },
});
