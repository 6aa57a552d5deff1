import { defineConfig } from "vitest/config";

/** The package as others install it: packed, into an empty folder. Run by `npm run test:package`. */
export default defineConfig({
  test: { include: ["test/**/*.package.test.ts"], testTimeout: 300_000, hookTimeout: 300_000 },
});
