import { defineConfig } from "vitest/config";

// Real processes, pipes, signals and file systems; one after the other, since they measure.
export default defineConfig({
  test: {
    globalSetup: "test/support/temporary-folder.ts",
    include: ["test/faults/**/*.test.ts"],
    fileParallelism: false,
    testTimeout: 1_800_000,
    hookTimeout: 60_000,
    // A broken promise fails twice; a busy neighbour seldom does.
    retry: process.env["FAULTS"] === "full" ? 0 : 1,
  },
});
