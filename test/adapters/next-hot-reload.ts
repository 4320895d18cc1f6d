import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTaffrail, type Taffrail } from "../../src/index.ts";
import { captureLog } from "../../src/testing/index.ts";
import { ask } from "../support/client.ts";
import { until } from "../support/poll.ts";
import type { RunningApp } from "./harness.ts";
import type { NextHarness } from "./next-host.ts";

/** What only a development server does: evaluate the application anew when a file of it changes. */
export function hotReloadSuite(harness: NextHarness): void {
  describe(`${harness.name} reloads`, () => {
    const log = captureLog();
    let kit: Taffrail;
    let app: RunningApp;
    beforeAll(async () => {
      kit = createTaffrail({ preset: "test", serviceName: "reload", log: { destination: log.destination } });
      app = await harness.start(kit);
    });
    afterAll(async () => {
      await app.close();
      await kit.close();
    });

    it("and keeps one registry and one line a request", async () => {
      let asked = 0;
      async function edition(): Promise<string> {
        asked++;
        return (await ask(`${app.url}/edition`)).text;
      }
      expect(await edition()).toBe('{"edition":1}');
      const source = `${harness.dir}/lib/kit.js`;
      writeFileSync(source, readFileSync(source, "utf8").replace("edition = 1", "edition = 2"));
      await until(edition, (text) => text === '{"edition":2}', 30_000);
      const lines = await until(
        () => log.lines.filter(({ http_route }) => http_route === "/edition"),
        ({ length }) => length >= asked,
      );
      expect(lines).toHaveLength(asked);
      expect(await kit.metrics.registry.metrics()).toMatch(
        new RegExp(`http_server_request_duration_seconds_count\\{[^}]*"/edition"[^}]*\\} ${asked}\n`),
      );
    });
  });
}
