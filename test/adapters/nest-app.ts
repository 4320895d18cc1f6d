import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline, Readable } from "node:stream";
import { setTimeout } from "node:timers/promises";
import {
  Body,
  Controller,
  Get,
  HttpCode,
  type INestApplication,
  Inject,
  type MessageEvent,
  Module,
  NotFoundException,
  Param,
  Post,
  Query,
  Redirect,
  Req,
  Res,
  Sse,
  StreamableFile,
} from "@nestjs/common";
import { type AbstractHttpAdapter, NestFactory } from "@nestjs/core";
import { FastifyAdapter } from "@nestjs/platform-fastify";
import busboy from "busboy";
import { Observable } from "rxjs";
import { TAFFRAIL, TaffrailModule } from "../../adapters/nest/index.ts";
import type { Taffrail } from "../../src/index.ts";
import { decorate } from "../support/decorate.ts";
import {
  type AdapterHarness,
  failingStream,
  manyErrors,
  parts,
  paymentError,
  type RunningApp,
} from "./harness.ts";

/** Express's and Fastify's, as far as the application uses them. */
type PlatformRequest = IncomingMessage & { readonly raw?: IncomingMessage };
type PlatformResponse = ServerResponse & { readonly raw?: ServerResponse; status(code: number): unknown };

const rawOf = (response: PlatformResponse): ServerResponse => response.raw ?? response;

/** The application of the contract suite in Nest, on one of its platforms. */
export function nestHarness(name: string, createAdapter: () => AbstractHttpAdapter): AdapterHarness {
  return {
    name: `nest on ${name}`,
    async start(kit): Promise<RunningApp> {
      const app = await NestFactory.create(appModule(kit), createAdapter(), { abortOnError: false });
      return listen(app);
    },
  };
}

/** Nest's Fastify, and uploads left to the handler, as Nest's Express leaves them. */
export function fastifyAdapter(): FastifyAdapter {
  const adapter = new FastifyAdapter();
  adapter.getInstance().addContentTypeParser("multipart/form-data", (_request, _payload, done) => done(null));
  return adapter;
}

/** Have a Nest application listen on 127.0.0.1 and a free port. */
export async function listen(app: INestApplication): Promise<RunningApp> {
  await app.listen(0, "127.0.0.1");
  const { port } = app.getHttpServer().address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      app.getHttpServer().closeAllConnections();
      await app.close();
    },
  };
}

function appModule(kit: Taffrail): new () => object {
  class OrdersModule {}
  const controllers = [Plain, Failures, Streams, Logging, nested("api/:tenant"), nested("other/:shop")];
  // Imported twice, as by two modules that each want to be sure.
  decorate(OrdersModule, [Module({ imports: [TaffrailModule.forRoot(kit)], controllers })]);
  class AppModule {}
  return decorate(AppModule, [Module({ imports: [TaffrailModule.forRoot(kit), OrdersModule] })]);
}

class Plain {
  ok(): object {
    return { ok: true };
  }
  text(): string {
    return "ok";
  }
  status(code: string, response: PlatformResponse): string {
    response.status(Number(code));
    return "as you like";
  }
  redirect(): void {}
}
decorate(Plain, [Controller()], {
  ok: { on: [Get(["ok", "twice/ok"])] },
  text: { on: [Get(["healthz", "skipped/:id"])] },
  status: { on: [Get("status/:code")], parameters: [Param("code"), Res({ passthrough: true })] },
  redirect: { on: [Get("redirect"), Redirect("/ok", 302)] },
});

class Failures {
  one(): never {
    throw paymentError();
  }
  many(): never {
    throw manyErrors();
  }
  text(): never {
    throw "just text";
  }
  notFound(): never {
    throw new NotFoundException("no such order");
  }
  async reject(): Promise<never> {
    await setTimeout(1);
    throw paymentError();
  }
}
decorate(Failures, [Controller()], {
  one: { on: [Get("throw")] },
  many: { on: [Get("throw-many")] },
  text: { on: [Get("throw-text")] },
  notFound: { on: [Get("throw-404")] },
  reject: { on: [Get("reject")] },
});

class Streams {
  hang(): Promise<never> {
    return new Promise(() => undefined);
  }
  stream(): StreamableFile {
    return new StreamableFile(Readable.from(parts(4)));
  }
  large(): StreamableFile {
    return new StreamableFile(Buffer.alloc(20_000_000));
  }
  async lateStatus(response: PlatformResponse): Promise<void> {
    const raw = rawOf(response);
    raw.write("and so it begins\n");
    await setTimeout(1);
    raw.statusCode = 500;
    raw.end();
  }
  breakOff(response: PlatformResponse, early?: string): void {
    const raw = rawOf(response);
    if (early === undefined) raw.write("and so it begins\n");
    pipeline(failingStream(), raw, () => undefined);
  }
  forever(response: PlatformResponse): void {
    rawOf(response).write("and so it begins\n");
  }
  sse(): Observable<MessageEvent> {
    return new Observable((reader) => {
      reader.next({ data: "1" });
      void setTimeout(30).then(() => {
        reader.next({ data: "2" });
        reader.complete();
      });
    });
  }
}
decorate(Streams, [Controller()], {
  hang: { on: [Get("hang")] },
  stream: { on: [Get("stream")] },
  large: { on: [Get("large")] },
  lateStatus: { on: [Get("late-status")], parameters: [Res()] },
  breakOff: { on: [Get("break-off")], parameters: [Res(), Query("early")] },
  forever: { on: [Get("stream-forever")], parameters: [Res()] },
  sse: { on: [Sse("sse")] },
});

class Logging {
  readonly #kit: Taffrail;
  constructor(kit: Taffrail) {
    this.#kit = kit;
  }
  async log(response: PlatformResponse): Promise<string> {
    this.#kit.log.info("at once");
    await setTimeout(2);
    this.#kit.log.info("after a timer");
    rawOf(response).on("finish", () => this.#kit.log.info("in finish"));
    rawOf(response).on("close", () => this.#kit.log.info("in close"));
    return "ok";
  }
  logOnAbort(response: PlatformResponse): void {
    rawOf(response).on("close", () => this.#kit.log.info("in close of an abort"));
  }
  echo(body: unknown): unknown {
    this.#kit.log.info("after the body");
    return body;
  }
  upload(request: PlatformRequest, response: PlatformResponse): void {
    const form = busboy({ headers: request.headers });
    form.on("file", (_name, file) => file.resume());
    form.on("close", () => {
      this.#kit.log.info("after the upload");
      rawOf(response).end("ok");
    });
    (request.raw ?? request).pipe(form);
  }
  async fields(user: string): Promise<string> {
    this.#kit.log.info("before the fields");
    this.#kit.addFields({ user_id: user, request_id: "forged" });
    await setTimeout(1);
    this.#kit.log.info({ step: 2 }, "after the fields");
    return "ok";
  }
  propagate(): object {
    return this.#kit.propagationHeaders();
  }
}
Inject(TAFFRAIL)(Logging, undefined, 0);
decorate(Logging, [Controller()], {
  log: { on: [Get("log")], parameters: [Res({ passthrough: true })] },
  logOnAbort: { on: [Get("log-on-abort")], parameters: [Res()] },
  echo: { on: [Post("echo"), HttpCode(200)], parameters: [Body()] },
  upload: { on: [Post("upload")], parameters: [Req(), Res()] },
  fields: { on: [Get("fields/:user")], parameters: [Param("user")] },
  propagate: { on: [Get("propagate")] },
});

/** Controllers are not nested; their paths are. */
function nested(prefix: string): new () => object {
  class Nested {
    root(): object {
      return {};
    }
    order(id: string): object {
      return { id };
    }
    fail(): never {
      throw paymentError();
    }
  }
  return decorate(Nested, [Controller(prefix)], {
    root: { on: [Get()] },
    order: { on: [Get("orders/:id")], parameters: [Param("id")] },
    fail: { on: [Get("orders/:id/fail")] },
  });
}
