import { defineConfig } from "vitest/config";

// A real Loki, Prometheus and Alertmanager with the stack's configuration: minutes, since alerts take them.
export default defineConfig({
  test: {
    globalSetup: "test/support/temporary-folder.ts",
    include: ["test/stack/live/**/*.test.ts"],
    fileParallelism: false,
    testTimeout: 900_000,
    hookTimeout: 120_000,
  },
});
