import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LogLine } from "../../src/index.ts";
import { Child } from "../support/child.ts";
import { ask } from "../support/client.ts";
import { hasRedis, type Redis, startRedis } from "../support/redis.ts";
import { matchesSchema } from "../support/schema.ts";

const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
const missing = hasRedis ? "" : " (skipped: redis-server is not installed)";

describe.skipIf(!hasRedis)(`the bullmq example${missing}`, () => {
  let redis: Redis;
  let server: Child;
  let worker: Child;
  let url: string;
  beforeAll(async () => {
    redis = await startRedis();
    const env = { PORT: "0", REDIS_URL: redis.url };
    server = new Child("server.mjs", env, { folder: "examples/bullmq" });
    worker = new Child("worker.mjs", env, { folder: "examples/bullmq" });
    const listening = await server.line(({ msg }) => msg === "listening");
    await worker.line(({ msg }) => msg === "waiting for jobs");
    url = `http://127.0.0.1:${String(listening["port"])}`;
  });
  afterAll(async () => {
    server.kill("SIGKILL");
    worker.kill("SIGKILL");
    await redis.stop();
  });

  const job = (id: unknown): Promise<LogLine> =>
    worker.line(({ event_name, order_id }) => event_name === "job.run" && order_id === id);

  it("one request id and one trace id go through the queue, onto every line of both processes", async () => {
    const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
    const { status } = await ask(`${url}/orders?id=7`, { headers: { "x-request-id": "r-7", traceparent } });
    expect(status).toBe(202);
    const shared = { request_id: "r-7", trace_id: traceId };
    expect(await job(7)).toMatchObject({ ...shared, service_name: "mailer", level: "info", job_id: "1" });
    expect(worker.lines.find(({ msg }) => msg === "receipt sent")).toMatchObject(shared);
    expect(await server.line(({ event_name }) => event_name === "http.server.request")).toMatchObject({
      ...shared,
      service_name: "shop",
    });
  });

  it("a job that fails says why, with the id of the request that asked for it", async () => {
    const { headers } = await ask(`${url}/orders?id=0`);
    expect(await job(0)).toMatchObject({
      level: "error",
      request_id: headers["x-request-id"],
      exception_message: "no such order",
      error_type: "Error",
    });
  });

  it("both stop in good order, and every line they wrote meets the schema", async () => {
    for (const child of [server, worker]) {
      child.kill("SIGTERM");
      expect(await child.ended).toEqual({ code: 0, signal: null });
      expect(child.lines.at(-1)).toMatchObject({ event_name: "process.stop" });
      expect(child.lines.flatMap((line) => matchesSchema(line))).toEqual([]);
    }
  });
});
