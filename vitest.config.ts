import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const nest11 = fileURLToPath(new URL("test/hosts/nest-11/node_modules/@nestjs/", import.meta.url));

export default defineConfig({
  test: {
    globalSetup: "test/support/temporary-folder.ts",
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // Real sockets, processes and browsers on a machine that is shared: the report names what needed a second try.
    retry: process.env["CI"] === "true" ? 1 : 0,
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts", "adapters/**/*.ts"],
      reporter: ["text-summary", "text", "json-summary"],
    },
    projects: [
      {
        extends: true,
        test: {
          name: "taffrail",
          include: ["test/**/*.test.ts"],
          // By configurations of their own: timing limits, one after the other; a whole stack, where its programs are.
          exclude: ["test/faults/**", "test/stack/live/**", "test/**/next*.test.ts"],
        },
      },
      {
        // Next builds the application first, or each route when it is first asked for.
        extends: true,
        test: {
          name: "next",
          include: ["test/{adapters,examples,otel}/next*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 180_000,
        },
      },
      {
        // The adapter and its tests once more, with another major of Nest in the place of the first.
        extends: true,
        resolve: { alias: [{ find: /^@nestjs\//, replacement: nest11 }] },
        test: {
          name: "nest 11",
          include: ["test/adapters/nest.test.ts", "test/adapters/nest-contract.test.ts"],
        },
      },
    ],
  },
});
