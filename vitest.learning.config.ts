import { defineConfig } from "vitest/config";

/** The long checks: agents and GANs must really learn. Run by `npm run test:learning`. */
export default defineConfig({
  test: { include: ["test/**/*.learning.test.ts"], testTimeout: 600_000 },
});
