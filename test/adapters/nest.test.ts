import type { ServerResponse } from "node:http";
import { Readable, Writable } from "node:stream";
import {
  type ArgumentsHost,
  type CallHandler,
  Catch,
  Controller,
  type ExecutionContext,
  Get,
  Headers,
  Inject,
  Logger,
  type MiddlewareConsumer,
  Module,
  Param,
  ParseIntPipe,
  RequestMethod,
  Scope,
  StreamableFile,
  UseFilters,
  UseGuards,
  UseInterceptors,
  Version,
  VersioningType,
} from "@nestjs/common";
import { type AbstractHttpAdapter, APP_FILTER, NestFactory, REQUEST } from "@nestjs/core";
import { ExpressAdapter } from "@nestjs/platform-express";
import { FastifyAdapter } from "@nestjs/platform-fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { taffrail } from "../../adapters/fastify/index.ts";
import { TaffrailModule } from "../../adapters/nest/index.ts";
import { createTaffrail, type LogLine, type Taffrail } from "../../src/index.ts";
import { captureLog } from "../../src/testing/index.ts";
import { ask } from "../support/client.ts";
import { decorate } from "../support/decorate.ts";
import { brokenParts, PaymentError, paymentError, type RunningApp } from "./harness.ts";
import { listen } from "./nest-app.ts";

/** Answers payment errors by itself, as applications do. */
class PaymentFilter {
  catch(error: Error, host: ArgumentsHost): void {
    if (error.message === "not even that") throw new TypeError("the filter failed");
    // Fastify's reply, or in middleware Node's response, as on Express.
    const response = host.getArgByIndex<ServerResponse & { readonly raw?: ServerResponse }>(1);
    (response.raw ?? response).writeHead(402).end("pay");
  }
}
decorate(PaymentFilter, [Catch(PaymentError)]);

class BrokenGuard {
  canActivate(): boolean {
    throw paymentError();
  }
}
class ClosedGuard {
  canActivate(): boolean {
    return false;
  }
}
class BrokenInterceptor {
  intercept(_context: ExecutionContext, _next: CallHandler): never {
    throw new RangeError("the interceptor failed");
  }
}

class Cats {
  readonly #logger = new Logger("Cats");
  fine(): string {
    this.#logger.log("purring");
    this.#logger.verbose("very quietly");
    return "fine";
  }
  throws(): never {
    throw new RangeError("no cat");
  }
  filtered(): never {
    throw paymentError();
  }
  filterFails(): never {
    throw new PaymentError("not even that");
  }
  one(id: number): number {
    return id;
  }
  file(): StreamableFile {
    return new StreamableFile(Readable.from(brokenParts()));
  }
}
decorate(Cats, [Controller({ path: "cats", version: "1" })], {
  fine: { on: [Get("fine")] },
  throws: { on: [Get("throws")] },
  filtered: { on: [Get("filtered"), UseFilters(PaymentFilter)] },
  file: { on: [Get("file")] },
  filterFails: { on: [Get("filter-fails"), UseFilters(PaymentFilter)] },
  one: { on: [Get(["by-id/:id", "number/:id"])], parameters: [Param("id", ParseIntPipe)] },
});

class Guarded {
  broken(): void {}
  closed(): void {}
  intercepted(): void {}
  splat(): string {
    return "all of it";
  }
  second(): string {
    return "two";
  }
}
decorate(Guarded, [Controller("guarded")], {
  broken: { on: [Get("broken"), UseGuards(BrokenGuard)] },
  closed: { on: [Get("closed"), UseGuards(ClosedGuard)] },
  intercepted: { on: [Get("intercepted"), UseInterceptors(BrokenInterceptor)] },
  splat: { on: [Get("files/*")] },
  second: { on: [Get("versioned"), Version("2")] },
});

/** Made anew for each request. */
class PerRequest {
  readonly #request: { readonly url: string };
  constructor(request: { readonly url: string }) {
    this.#request = request;
  }
  url(agent: string): string {
    if (agent === "broken") throw new RangeError("no agent");
    return this.#request.url;
  }
}
Inject(REQUEST)(PerRequest, undefined, 0);
decorate(PerRequest, [Controller({ path: "per-request", scope: Scope.REQUEST })], {
  url: { on: [Get(":any")], parameters: [Headers("user-agent")] },
});

function appModule(kit: Taffrail): new () => object {
  class AppModule {
    configure(consumer: MiddlewareConsumer): void {
      const middleware = (
        req: { originalUrl?: string; url: string },
        _res: unknown,
        next: () => void,
      ): void => {
        if ((req.originalUrl ?? req.url).includes("broken-middleware"))
          throw new SyntaxError("in middleware");
        next();
      };
      consumer.apply(middleware).forRoutes({ path: "{*path}", method: RequestMethod.ALL });
    }
  }
  return decorate(AppModule, [
    Module({
      imports: [TaffrailModule.forRoot(kit)],
      controllers: [Cats, Guarded, PerRequest],
      providers: [
        {
          provide: APP_FILTER,
          useValue: new (decorate(class extends PaymentFilter {}, [Catch(SyntaxError)]))(),
        },
      ],
    }),
  ]);
}

const platforms: Readonly<Record<string, () => AbstractHttpAdapter>> = {
  express: () => new ExpressAdapter(),
  fastify: () => new FastifyAdapter(),
};

describe.each(Object.keys(platforms))("nest on %s", (platform) => {
  const log = captureLog();
  const kit = createTaffrail({ preset: "test", log: { level: "trace", destination: log.destination } });
  let app: RunningApp;

  beforeAll(async () => {
    const adapter = platforms[platform]?.();
    const nest = await NestFactory.create(appModule(kit), adapter as AbstractHttpAdapter, {
      abortOnError: false,
    });
    nest.setGlobalPrefix("api");
    nest.enableVersioning({ type: VersioningType.URI, defaultVersion: "1" });
    app = await listen(nest);
  });
  afterAll(async () => {
    await app.close();
    await kit.close();
  });

  async function complete(path: string, headers: Record<string, string> = {}): Promise<LogLine> {
    const answer = await ask(app.url + path, { headers });
    const id = answer.headers["x-request-id"];
    return log.waitFor((line) => line.request_id === id && line.event_name === "http.server.request");
  }

  it.each([
    ["/api/v1/guarded/broken", "PaymentError", 500],
    ["/api/v1/guarded/closed", "ForbiddenException", 403],
    ["/api/v1/guarded/intercepted", "RangeError", 500],
    ["/api/v1/cats/throws", "RangeError", 500],
    ["/api/v1/cats/filtered", "PaymentError", 402],
    ["/api/v1/cats/by-id/seven", "BadRequestException", 400],
    ["/api/broken-middleware", "SyntaxError", 402],
  ])("the error behind %s is told: %s", async (path, type, status) => {
    expect(await complete(path)).toMatchObject({ exception_type: type, http_response_status_code: status });
  });

  it("an error of a controller that is made for each request is told", async () => {
    const line = await complete("/api/v1/per-request/a", { "user-agent": "broken" });
    expect(line).toMatchObject({ exception_message: "no agent", http_route: "/api/v1/per-request/:any" });
  });

  it("a file that breaks while it is sent is the service's error, not the client's, and told once", async () => {
    const headers = { "x-request-id": `file-${platform}` };
    await expect(ask(`${app.url}/api/v1/cats/file`, { headers })).rejects.toThrow();
    const isOf = ({ request_id }: LogLine): boolean => request_id === headers["x-request-id"];
    const line = await log.waitFor((each) => isOf(each) && each.event_name === "http.server.request");
    expect(line).toMatchObject({
      level: "error",
      outcome: "server_error",
      http_response_status_code: 200,
      exception_message: "card declined by issuer",
    });
    expect(log.lines.filter(isOf)).toHaveLength(1);
  });

  it("a filter's own error has its line, and the first stays on the completion line", async () => {
    const line = await complete("/api/v1/cats/filter-fails");
    expect(line).toMatchObject({ exception_message: "not even that", http_response_status_code: 500 });
    const own = log.lines.filter(({ request_id }) => request_id === line.request_id);
    expect(own.map(({ exception_message }) => exception_message)).toEqual([
      "the filter failed",
      "not even that",
    ]);
  });

  it.each([
    ["/api/v1/cats/fine", "/api/v1/cats/fine"],
    ["/api/v1/cats/by-id/7", "/api/v1/cats/by-id/:id"],
    ["/api/v1/cats/number/7", "/api/v1/cats/number/:id"],
    ["/api/v2/guarded/versioned", "/api/v2/guarded/versioned"],
    ["/api/v1/guarded/files/a/b.txt", "/api/v1/guarded/files/*"],
    ["/api/v1/guarded/closed", "/api/v1/guarded/closed"],
    ["/api/v1/per-request/b", "/api/v1/per-request/:any"],
  ])("%s is the route %s, prefix and version included", async (path, route) => {
    expect(await complete(path)).toMatchObject({ http_route: route });
  });

  it("a path that only a middleware for all paths matched has no route", async () => {
    const line = await complete("/api/no/such");
    expect(line).toMatchObject({ http_response_status_code: 404 });
    expect(line).not.toHaveProperty("http_route");
  });

  it("Nest's own words are lines of the kit, with the context as scope_name", async () => {
    const mapped = log.lines.find(({ msg }) => msg.includes("Mapped {/api/cats/fine, GET}"));
    expect(mapped).toMatchObject({ level: "info", scope_name: "RouterExplorer" });
    const { request_id } = await complete("/api/v1/cats/fine");
    const own = log.lines.filter((line) => line.request_id === request_id);
    expect(own.map(({ msg, level, scope_name }) => [msg, level, scope_name])).toEqual([
      ["purring", "info", "Cats"],
      ["very quietly", "trace", "Cats"],
      ["GET /api/v1/cats/fine 200", "info", undefined],
    ]);
  });

  it("what Nest says of an error that the completion line tells is not said twice", async () => {
    const { request_id } = await complete("/api/v1/cats/throws");
    expect(log.lines.filter((line) => line.request_id === request_id)).toHaveLength(1);
  });

  it("a Logger's errors keep their error, their stack and their objects", () => {
    const logger = new Logger("Jobs");
    logger.error(paymentError());
    logger.error("it failed", paymentError().stack);
    logger.warn({ job_id: 7 }, "slow");
    logger.fatal("gone", { job_id: 8 });
    expect(log.lines.slice(-4)).toMatchObject(
      [
        { level: "error", scope_name: "Jobs", exception_type: "PaymentError" },
        { level: "error", msg: "it failed", scope_name: "Jobs", exception_stacktrace: /paymentError/ },
        { level: "warn", job_id: 7, msg: "slow" },
        { level: "fatal", msg: "gone", job_id: 8 },
      ].map(({ exception_stacktrace, ...line }) =>
        exception_stacktrace
          ? { ...line, exception_stacktrace: expect.stringMatching(exception_stacktrace) }
          : line,
      ),
    );
  });
});

it("with taffrail/fastify beside the module, Fastify's own logger adds no line", async () => {
  const own: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      own.push(String(chunk));
      done();
    },
  });
  const log = captureLog();
  const kit = createTaffrail({ preset: "test", log: { destination: log.destination } });
  const nest = await NestFactory.create(appModule(kit), new FastifyAdapter({ logger: { stream } }), {
    abortOnError: false,
  });
  await nest.getHttpAdapter().getInstance().register(taffrail, { kit });
  const app = await listen(nest);
  await ask(`${app.url}/cats/throws`);
  await ask(`${app.url}/guarded/files/a`);
  const completions = log.lines.filter(({ event_name }) => event_name === "http.server.request");
  expect(completions).toMatchObject([
    { http_route: "/cats/throws", exception_message: "no cat" },
    { http_route: "/guarded/files/*" },
  ]);
  expect(own).toEqual([]);
  await app.close();
  await kit.close();
});
