import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/**/*.learning.test.ts", "test/**/*.package.test.ts"],
    testTimeout: 60_000,
    maxWorkers: "100%",
  },
});
