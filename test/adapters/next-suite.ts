import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTaffrail, type LogLine, type Taffrail } from "../../src/index.ts";
import { captureLog } from "../../src/testing/index.ts";
import { ask } from "../support/client.ts";
import type { RunningApp } from "./harness.ts";
import type { NextHarness } from "./next-host.ts";

/** What Next has beside routes that answer: pages, and bodies that break off. */
export function nextSuite(harness: NextHarness): void {
  describe(`${harness.name} has pages of its own`, () => {
    const log = captureLog();
    let kit: Taffrail;
    let app: RunningApp;
    let count = 0;
    beforeAll(async () => {
      kit = createTaffrail({ preset: "test", serviceName: "pages", log: { destination: log.destination } });
      app = await harness.start(kit);
    });
    afterAll(async () => {
      await app.close();
      await kit.close();
    });

    /** Ask, and answer the one completion line that there is, an answer that breaks off being one. */
    async function complete(path: string): Promise<LogLine> {
      const id = `page-${count++}`;
      await ask(app.url + path, { headers: { "x-request-id": id } }).catch(() => undefined);
      const isCompletion = (line: LogLine): boolean =>
        line.request_id === id && line.event_name === "http.server.request";
      const line = await log.waitFor(isCompletion);
      expect(log.lines.filter(isCompletion)).toHaveLength(1);
      return line;
    }

    const failed = {
      level: "error",
      outcome: "server_error",
      error_type: "PaymentError",
      exception_message: "card declined by issuer",
      exception_causes: [{ exception_type: "Error", exception_message: "ECONNRESET" }],
    };

    // Next 16's development server answers nothing any more once a page of its app folder threw an error whose causes are a ring.
    const folders = harness.mode === "development" ? ["legacy"] : ["products", "legacy"];
    it.each(folders)("an error that a page throws is on its one line: /%s", async (name) => {
      const route = `/${name}/:id`;
      expect(await complete(`/${name}/7`)).toMatchObject({ outcome: "ok", http_route: route });
      const line = await complete(`/${name}/broken`);
      expect(line).toMatchObject({ ...failed, http_route: route, http_response_status_code: 500 });
      expect(line.exception_stacktrace).toContain("paymentError");
    });

    it("notFound() and redirect() are no errors", async () => {
      const missing = await complete("/products/missing");
      expect(missing).toMatchObject({ outcome: "client_error", http_response_status_code: 404 });
      expect(missing).not.toHaveProperty("exception_type");
      const moved = await complete("/products/moved");
      expect(moved).toMatchObject({ outcome: "ok", http_response_status_code: 307 });
      expect(moved).not.toHaveProperty("exception_type");
    });

    it("a route that is given is the one that is told", async () => {
      expect(await complete("/hooks/acme/7")).toMatchObject({
        http_route: "/hooks/:provider",
        url_path: "/hooks/acme/7",
      });
    });

    it("a route handler's body that breaks off is the error it is", async () => {
      expect(await complete("/broken-body")).toMatchObject({
        ...failed,
        http_route: "/broken-body",
        http_response_status_code: 203,
      });
    });
  });
}
