import { Controller, Get, Inject, Module, type Type, UseInterceptors } from "@nestjs/common";
import { type AbstractHttpAdapter, NestFactory } from "@nestjs/core";
import { ExpressAdapter } from "@nestjs/platform-express";
import { FastifyAdapter } from "@nestjs/platform-fastify";
import { Logger, LoggerErrorInterceptor, LoggerModule, PinoLogger } from "nestjs-pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TaffrailModule } from "../../adapters/nest/index.ts";
import { contractOptions } from "../../adapters/pino-http/index.ts";
import { createTaffrail, type LogLine, type Taffrail } from "../../src/index.ts";
import { captureLog } from "../../src/testing/index.ts";
import { ask } from "../support/client.ts";
import { decorate } from "../support/decorate.ts";
import { matchesSchema } from "../support/schema.ts";
import { paymentError, type RunningApp } from "./harness.ts";
import { listen } from "./nest-app.ts";

/** A controller of an application that has used nestjs-pino for years. */
class Orders {
  readonly #log: PinoLogger;
  constructor(log: PinoLogger) {
    this.#log = log;
    log.setContext("Orders");
  }
  one(): string {
    this.#log.info({ order_id: 7 }, "looked up");
    return "fine";
  }
  assigned(): string {
    this.#log.assign({ tenant: "acme" });
    return "fine";
  }
  fail(): never {
    throw paymentError();
  }
}
Inject(PinoLogger)(Orders, undefined, 0);
decorate(Orders, [Controller("orders")], {
  one: { on: [Get(":id")] },
  assigned: { on: [Get(":id/assigned")] },
  fail: { on: [Get(":id/fail"), UseInterceptors(LoggerErrorInterceptor)] },
});

function appModule(kit: Taffrail, withKit: boolean): Type {
  const logging = LoggerModule.forRoot({
    pinoHttp: contractOptions(kit),
    assignResponse: true,
    renameContext: "scope_name",
  });
  class AppModule {}
  return decorate(AppModule, [
    Module({
      imports: withKit ? [TaffrailModule.forRoot(kit), logging] : [logging],
      controllers: [Orders],
    }),
  ]);
}

// nestjs-pino keeps the first pino-http it makes for the whole process: one kit for all.
const log = captureLog();
const kit = createTaffrail({
  serviceName: "moved",
  log: { destination: log.destination },
  ops: { listen: false },
});
afterAll(() => kit.close());

const hosts = [
  {
    name: "on Express, beside TaffrailModule",
    createAdapter: () => new ExpressAdapter(),
    withKit: true,
    assigned: { tenant: "acme" },
  },
  {
    name: "on Fastify, beside TaffrailModule",
    createAdapter: () => new FastifyAdapter(),
    withKit: true,
    // With or without the kit, nestjs-pino 5.2.1 has no request of its own on Nest 12's Fastify.
    assigned: { exception_message: "PinoLogger: unable to assign extra fields out of request scope" },
  },
  {
    name: "on Express, by itself",
    createAdapter: () => new ExpressAdapter(),
    withKit: false,
    assigned: { tenant: "acme" },
  },
];

let asked = 0;

describe.each(hosts)("nestjs-pino $name", ({ createAdapter, withKit, assigned }) => {
  let app: RunningApp;

  beforeAll(async () => {
    const nest = await NestFactory.create(appModule(kit, withKit), createAdapter() as AbstractHttpAdapter, {
      bufferLogs: true,
      abortOnError: false,
    });
    nest.useLogger(nest.get(Logger));
    app = await listen(nest);
  });
  afterAll(() => app.close());

  /** Ask, and answer every line of the request once its completion line is there. */
  async function lines(path: string): Promise<LogLine[]> {
    const id = `r-${asked++}`;
    await ask(app.url + path, { headers: { "x-request-id": id } });
    await log.waitFor((line) => line.request_id === id && line.event_name === "http.server.request");
    return log.lines.filter((line) => line.request_id === id);
  }

  it("a request leaves its own lines and one completion line, all in the contract", async () => {
    const [said, completion, ...others] = await lines("/orders/7");
    expect(others).toEqual([]);
    expect([said, completion].flatMap((line) => matchesSchema(line as LogLine))).toEqual([]);
    expect(said).toMatchObject({ msg: "looked up", scope_name: "Orders", order_id: 7 });
    expect(completion).toMatchObject({
      event_name: "http.server.request",
      http_route: "/orders/:id",
      http_response_status_code: 200,
    });
  });

  it("assign() puts fields on the completion line", async () => {
    const completion = (await lines("/orders/7/assigned")).at(-1);
    expect(completion).toMatchObject(assigned);
  });

  it("the error that was thrown stands on the completion line", async () => {
    const all = await lines("/orders/7/fail");
    expect(all.find(({ event_name }) => event_name === "http.server.request")).toMatchObject({
      level: "error",
      exception_type: "PaymentError",
      exception_message: "card declined by issuer",
      http_route: "/orders/:id/fail",
    });
  });

  it("Nest's own words are lines of the contract", async () => {
    const line = await log.waitFor(({ scope_name }) => scope_name === "RoutesResolver");
    expect(matchesSchema(line)).toEqual([]);
    expect(line).toMatchObject({ level: "info", service_name: "moved" });
  });
});
