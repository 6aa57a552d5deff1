import { defineConfig } from "vitest/config";

/** The faults of which the suite makes a few, as many as `npm run test:faults` promises. */
export default defineConfig({
  test: {
    include: ["test/faults/**/*.test.ts"],
    env: { RINGDOWN_FAULTS: "long" },
    fileParallelism: false,
  },
});
