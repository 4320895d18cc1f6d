import { EventEmitter, once } from "node:events";
import { createServer } from "node:http";
import { setImmediate as nextTurn, setTimeout } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { requestLogger } from "../../adapters/node/index.ts";
import { createTaffrail, type LogLine, type Taffrail } from "../../src/index.ts";
import { type CapturedLog, captureLog } from "../../src/testing/index.ts";
import { ask } from "../support/client.ts";
import { matchesSchema } from "../support/schema.ts";
import { serve } from "../support/serve.ts";

const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
const handedOver = { "x-request-id": "r-1", traceparent, tracestate: "vendor=1" };

class MailError extends Error {}

let log: CapturedLog;
let kit: Taffrail;
beforeEach(() => {
  log = captureLog();
  kit = createTaffrail({
    preset: "test",
    serviceName: "worker",
    log: { destination: log.destination },
    ops: { listen: false },
    lifecycle: { drainTimeoutMs: 2_000 },
  });
});
afterEach(() => kit.close());

const runs = (): LogLine[] => log.lines.filter(({ event_name }) => event_name === "job.run");
async function series(name: string): Promise<string[]> {
  return (await kit.metrics.registry.metrics()).split("\n").filter((line) => line.startsWith(name));
}

describe("a job", () => {
  it("leaves one line that meets the schema, with an id of its own and the job's fields", async () => {
    const answer = await kit.runJob("report.build", { tenant: "acme" }, async () => {
      await setTimeout(2);
      kit.addFields({ pages: 3 });
      kit.log.info("half way");
      return 7;
    });
    expect(answer).toBe(7);
    const [line, ...more] = runs();
    expect(more).toEqual([]);
    expect(matchesSchema(line)).toEqual([]);
    expect(line).toMatchObject({
      level: "info",
      job_name: "report.build",
      tenant: "acme",
      pages: 3,
      msg: "job report.build ok",
      request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(line?.duration_ms).toBeGreaterThan(1);
    expect(log.lines.find(({ msg }) => msg === "half way")).toMatchObject({
      request_id: line?.request_id,
      tenant: "acme",
    });
  });

  it("that fails leaves the error that was thrown, and the caller gets it", async () => {
    const error = new MailError("no such mailbox", { cause: new TypeError("a reason") });
    const failing = kit.runJob("mail.send", { order_id: 7 }, () => {
      throw error;
    });
    await expect(failing).rejects.toBe(error);
    expect(runs()).toEqual([
      expect.objectContaining({
        level: "error",
        msg: "job mail.send failed",
        error_type: "MailError",
        exception_message: "no such mailbox",
        exception_causes: [{ exception_type: "TypeError", exception_message: "a reason" }],
        order_id: 7,
      }),
    ]);
  });

  it("that throws nothing in particular has failed all the same", async () => {
    await expect(kit.runJob("odd", {}, () => Promise.reject(undefined))).rejects.toBeUndefined();
    expect(runs()).toEqual([expect.objectContaining({ level: "error", error_type: "undefined" })]);
  });

  it("can't forge what the kit answers for, and its headers are not logged", async () => {
    const fields = { request_id: "forged", job_name: "forged", headers: { ...handedOver, cookie: "a=b" } };
    await kit.runJob("mail.send", fields, () => undefined);
    expect(runs()).toEqual([expect.objectContaining({ request_id: "r-1", job_name: "mail.send" })]);
    expect(log.text.join("")).not.toContain("cookie");
  });

  it("is measured: duration, failures from 0 on, last success, runs under way", async () => {
    await kit.runJob("mail.send", {}, async () => {
      expect(await series('job_active_runs{job_name="mail.send"}')).toEqual([
        'job_active_runs{job_name="mail.send"} 1',
      ]);
      expect(await series("job_run_failures_total{")).toEqual([
        'job_run_failures_total{job_name="mail.send"} 0',
      ]);
      expect(await series("job_last_success_timestamp_seconds{")).toEqual([]);
    });
    await kit.runJob("mail.send", {}, () => Promise.reject(new MailError("no"))).catch(() => undefined);
    expect(await series("job_run_duration_seconds_count{")).toEqual([
      'job_run_duration_seconds_count{job_name="mail.send"} 1',
      'job_run_duration_seconds_count{job_name="mail.send",error_type="MailError"} 1',
    ]);
    expect(await series("job_run_failures_total{")).toEqual([
      'job_run_failures_total{job_name="mail.send"} 1',
    ]);
    expect(await series("job_active_runs{")).toEqual(['job_active_runs{job_name="mail.send"} 0']);
    const [success = ""] = await series("job_last_success_timestamp_seconds{");
    expect(Math.abs(Number(success.split(" ")[1]) - Date.now() / 1_000)).toBeLessThan(10);
  });

  it("without its work is refused, and says what it takes", async () => {
    const run = kit.runJob as unknown as (name: string, work: () => number) => Promise<number>;
    await expect(run("sync", () => 1)).rejects.toThrow('runJob("sync") takes its work as the third argument');
    expect(log.lines).toEqual([]);
  });

  it("is waited for when the service stops", async () => {
    const work = new EventEmitter();
    const running = kit.runJob("slow", {}, () => once(work, "done"));
    const order: string[] = [];
    kit.onClose("pool", () => order.push("pool closed"));
    const draining = new Promise<void>((resolve) => kit.onDrain("probe", resolve));
    const closed = kit.close();
    await draining;
    // What is not waited for would have gone on by now: all of it is microtasks.
    await nextTurn();
    order.push("job done");
    work.emit("done");
    await running;
    expect(await closed).toEqual([]);
    expect(order).toEqual(["job done", "pool closed"]);
    expect(log.lines.map(({ event_name }) => event_name)).toEqual(["job.run", "process.stop"]);
  });
});

describe("a job's ids", () => {
  it("are those that were handed over, and are handed on", async () => {
    const carried = await kit.runJob("mail.send", { headers: handedOver }, () => kit.jobHeaders());
    expect(carried).toEqual(handedOver);
    expect(runs()).toEqual([expect.objectContaining({ request_id: "r-1", trace_id: traceId })]);
  });

  it.each([
    ["no headers", undefined],
    ["an id that is no id", { "x-request-id": 'x"\n', traceparent: "00-0-0-00" }],
    ["no text", { "x-request-id": 7, traceparent: {} }],
  ])("are generated where what was handed over is %s", async (_what, headers) => {
    const carried = await kit.runJob("mail.send", { headers }, () => kit.jobHeaders());
    expect(carried).toEqual({ "x-request-id": expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(runs()[0]).not.toHaveProperty("trace_id");
  });

  it("within a request are the request's", async () => {
    const server = await serve(
      createServer(
        requestLogger(kit)(async (_req, res) => {
          await kit.runJob("inline", {}, () => kit.log.info("within"));
          res.end(JSON.stringify(await kit.runJob("inline", {}, () => kit.jobHeaders())));
        }),
      ),
    );
    const { text } = await ask(server.url, { headers: handedOver });
    await log.waitFor(({ event_name }) => event_name === "http.server.request");
    await server.close();
    expect(JSON.parse(text)).toEqual(handedOver);
    expect(new Set(log.lines.map(({ request_id }) => request_id))).toEqual(new Set(["r-1"]));
    expect(new Set(log.lines.map(({ trace_id }) => trace_id))).toEqual(new Set([traceId]));
  });

  it("don't mix between runs", async () => {
    const ids = Array.from({ length: 20 }, (_, at) => `mixed-${at}`);
    await Promise.all(
      ids.map((id) =>
        kit.runJob("mixed", { headers: { "x-request-id": id } }, async () => {
          await setTimeout(Math.random() * 5);
          kit.log.info({ id }, "within");
        }),
      ),
    );
    const within = log.lines.filter(({ msg }) => msg === "within");
    expect(within).toHaveLength(20);
    for (const line of within) expect(line.request_id).toBe(line["id"]);
  });
});
