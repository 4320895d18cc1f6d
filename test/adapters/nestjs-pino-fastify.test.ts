import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { matchesSchema } from "../support/schema.ts";
import { fastifyAdapter } from "./nest-app.ts";
import { type NestPino, startNestPino } from "./nestjs-pino-app.ts";

describe("nestjs-pino with contractOptions, on Fastify", () => {
  let app: NestPino;
  beforeAll(async () => {
    // Its own choice of routes matches none on this platform.
    app = await startNestPino({ adapter: fastifyAdapter(), forRoutes: ["/*path"] });
  });
  afterAll(() => app.close());

  it("lines share an id of the kit's, not Fastify's count of requests", async () => {
    const [purring, weighed, completion, ...others] = await app.linesOf("/cats/tom?page=7");
    expect(others).toEqual([]);
    expect(purring).toMatchObject({ msg: "purring", scope_name: "Cats" });
    expect(weighed).toMatchObject({ msg: "weighed", cat_name: "tom" });
    expect(completion).toMatchObject({
      url_path: "/cats/tom",
      url_query: "page=***",
      outcome: "ok",
      cat_name: "tom",
      client_address: "127.0.0.1",
    });
    expect(completion?.request_id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("an error has one line, the completion line, with what was thrown", async () => {
    for (const path of ["/cats/tom/throw", "/cats/tom/guarded"]) {
      const lines = await app.linesOf(path);
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatchObject({ level: "error", error_type: "PaymentError" });
    }
  });

  it("the route is not told to middleware", async () => {
    const [, , completion] = await app.linesOf("/cats/tom");
    expect(completion).not.toHaveProperty("http_route");
  });

  it("every line meets the schema", () => {
    expect(app.log.lines.flatMap((line) => matchesSchema(line))).toEqual([]);
  });
});
