import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // They measure, one at a time: npm run test:faults.
    exclude: ["test/faults/**"],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts", "adapters/**/*.ts"],
      reporter: ["text-summary", "text", "json-summary"],
      thresholds: { lines: 95 },
    },
  },
});
