import { defineConfig } from "vitest/config";

/** Kills, full and read-only disks, a server that restarts, a machine that is cut off: run by `npm run test:faults`. */
export default defineConfig({
  test: { include: ["test/**/*.faults.test.ts"], testTimeout: 600_000, hookTimeout: 300_000, fileParallelism: false },
});
