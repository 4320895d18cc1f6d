import { ExpressAdapter } from "@nestjs/platform-express";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { matchesSchema } from "../support/schema.ts";
import { type NestPino, startNestPino } from "./nestjs-pino-app.ts";

describe("nestjs-pino with contractOptions, on Express", () => {
  let app: NestPino;
  beforeAll(async () => {
    app = await startNestPino({ adapter: new ExpressAdapter() });
  });
  afterAll(() => app.close());

  it("Nest's Logger, PinoLogger and the completion line share the id, with the context as scope_name", async () => {
    const [purring, weighed, completion, ...others] = await app.linesOf("/cats/tom", {
      headers: { "x-request-id": "r-7" },
    });
    expect(others).toEqual([]);
    expect(purring).toMatchObject({
      msg: "purring",
      scope_name: "Cats",
      level: "info",
      service_name: "cats",
      request_id: "r-7",
    });
    expect(weighed).toMatchObject({ msg: "weighed", weight_kg: 4, scope_name: "Cats", cat_name: "tom" });
    expect(completion).toMatchObject({
      msg: "GET /cats/:name 200",
      http_route: "/cats/:name",
      outcome: "ok",
      cat_name: "tom",
    });
    for (const line of [purring, weighed, completion]) expect(line).not.toHaveProperty("req");
  });

  it("an error has one line, the completion line, with what was thrown", async () => {
    const lines = await app.linesOf("/cats/tom/throw");
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      level: "error",
      outcome: "server_error",
      error_type: "PaymentError",
      exception_message: "card declined by issuer",
      exception_causes: [{ exception_message: "ECONNRESET" }],
      http_route: "/cats/:name/throw",
    });
  });

  it("what a guard throws, which no interceptor sees, is on the line as well", async () => {
    const lines = await app.linesOf("/cats/tom/guarded");
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ error_type: "PaymentError", http_route: "/cats/:name/guarded" });
  });

  it("what is thrown need not be an error", async () => {
    const lines = await app.linesOf("/cats/tom/throw-text");
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ exception_message: "just text", outcome: "server_error" });
  });

  it("a 5xx that Nest does not log itself comes from LoggerErrorInterceptor", async () => {
    const [line] = await app.linesOf("/cats/tom/failure");
    expect(line).toMatchObject({
      error_type: "InternalServerErrorException",
      exception_causes: [{ exception_message: "empty" }],
    });
  });

  it("a 4xx that was thrown is the client's", async () => {
    const [line] = await app.linesOf("/cats/tom/none");
    expect(line).toMatchObject({ level: "warn", outcome: "client_error", exception_message: "no cat" });
  });

  it("a path without a route has none: the middleware's own is no route", async () => {
    const [line] = await app.linesOf("/dogs/rex");
    expect(line).toMatchObject({ http_response_status_code: 404, url_path: "/dogs/rex" });
    expect(line).not.toHaveProperty("http_route");
  });

  it("what Nest says at its start is in the contract's form, as is every line", () => {
    expect(app.log.lines).toContainEqual(
      expect.objectContaining({ scope_name: "RoutesResolver", level: "info", service_name: "cats" }),
    );
    expect(app.log.lines.flatMap((line) => matchesSchema(line))).toEqual([]);
  });
});
