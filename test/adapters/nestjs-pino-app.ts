import type { DynamicModule } from "@nestjs/common";
import {
  Controller,
  Get,
  Inject,
  InternalServerErrorException,
  Module,
  Logger as NestLogger,
  NotFoundException,
  Param,
  UseGuards,
} from "@nestjs/common";
import { type AbstractHttpAdapter, APP_INTERCEPTOR, NestFactory } from "@nestjs/core";
import { Logger, LoggerErrorInterceptor, LoggerModule, type Params, PinoLogger } from "nestjs-pino";
import { contractOptions } from "../../adapters/pino-http/index.ts";
import { createTaffrail, type LogLine, type Taffrail } from "../../src/index.ts";
import { type CapturedLog, captureLog } from "../../src/testing/index.ts";
import { type Ask, ask } from "../support/client.ts";
import { decorate } from "../support/decorate.ts";
import { paymentError, type RunningApp } from "./harness.ts";
import { listen } from "./nest-app.ts";

class BrokenGuard {
  canActivate(): boolean {
    throw paymentError();
  }
}

/** As nestjs-pino's users write it: Nest's own Logger, PinoLogger injected, `assign`. */
class Cats {
  readonly #logger = new NestLogger("Cats");
  readonly #pino: PinoLogger;
  constructor(pino: PinoLogger) {
    this.#pino = pino;
    pino.setContext("Cats");
  }
  cat(name: string): string {
    this.#logger.log("purring");
    this.#pino.assign({ cat_name: name });
    this.#pino.info({ weight_kg: 4 }, "weighed");
    return "fine";
  }
  throws(): never {
    throw paymentError();
  }
  throwsText(): never {
    throw "just text";
  }
  failure(): never {
    throw new InternalServerErrorException("no milk", { cause: new Error("empty") });
  }
  none(): never {
    throw new NotFoundException("no cat");
  }
  guarded(): string {
    return "never";
  }
}
Inject(PinoLogger)(Cats, undefined, 0);
decorate(Cats, [Controller("cats")], {
  cat: { on: [Get(":name")], parameters: [Param("name")] },
  throws: { on: [Get(":name/throw")] },
  throwsText: { on: [Get(":name/throw-text")] },
  failure: { on: [Get(":name/failure")] },
  none: { on: [Get(":name/none")] },
  guarded: { on: [Get(":name/guarded"), UseGuards(new BrokenGuard())] },
});

export interface NestPinoOptions {
  readonly adapter: AbstractHttpAdapter;
  /** Where the middleware is bound. @default nestjs-pino's own choice */
  readonly forRoutes?: NonNullable<Params["forRoutes"]>;
  /** Modules beside nestjs-pino's. */
  readonly modules?: (kit: Taffrail) => readonly DynamicModule[];
}

export interface NestPino {
  readonly log: CapturedLog;
  readonly kit: Taffrail;
  /** Ask and answer all lines of the request, the completion line last. */
  linesOf(path: string, options?: Ask): Promise<LogLine[]>;
  close(): Promise<void>;
}

/** Start an application that logs through nestjs-pino: one a process, since nestjs-pino keeps its logger for it. */
export async function startNestPino(options: NestPinoOptions): Promise<NestPino> {
  const log = captureLog();
  const kit = createTaffrail({
    preset: "test",
    serviceName: "cats",
    log: { destination: log.destination },
    outgoing: { measure: false },
  });
  const app = await startApp(kit, options);
  return {
    log,
    kit,
    async linesOf(path, asked) {
      const { headers } = await ask(app.url + path, asked);
      const id = headers["x-request-id"];
      await log.waitFor((line) => line.request_id === id && line.event_name === "http.server.request");
      return log.lines.filter((line) => line.request_id === id);
    },
    async close() {
      await app.close();
      await kit.close();
    },
  };
}

async function startApp(
  kit: Taffrail,
  { adapter, forRoutes, modules }: NestPinoOptions,
): Promise<RunningApp> {
  class AppModule {}
  const params: Params = {
    pinoHttp: contractOptions(kit),
    renameContext: "scope_name",
    assignResponse: true,
    ...(forRoutes && { forRoutes }),
  };
  const imports = [...(modules?.(kit) ?? []), LoggerModule.forRoot(params)];
  const providers = [{ provide: APP_INTERCEPTOR, useClass: LoggerErrorInterceptor }];
  decorate(AppModule, [Module({ imports, providers, controllers: [Cats] })]);
  const app = await NestFactory.create(AppModule, adapter, { bufferLogs: true });
  // biome-ignore lint/correctness/useHookAtTopLevel: Nest's, not React's
  app.useLogger(app.get(Logger));
  return listen(app);
}
