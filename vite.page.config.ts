import { defineConfig } from "vite";

/** The script and the style of report pages: one file each, which every page carries within itself. */
export default defineConfig({
  publicDir: false,
  build: {
    outDir: "dist/page",
    target: "es2022",
    license: { fileName: "licences.md" },
    lib: {
      entry: "reports/page/main.ts",
      formats: ["iife"],
      name: "ringdownReport",
      fileName: () => "report.js",
      cssFileName: "report",
    },
  },
});
