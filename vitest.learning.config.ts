import { defineConfig } from "vitest/config";

/** The long checks: agents and GANs must really learn, the memory of a run must stay flat. Run by `npm run test:learning`. */
export default defineConfig({
  test: { include: ["test/**/*.learning.test.ts"], testTimeout: 600_000 },
});
