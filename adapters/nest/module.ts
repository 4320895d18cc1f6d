import {
  type DynamicModule,
  Inject,
  Logger,
  type NestModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleDestroy,
} from "@nestjs/common";
import { HttpAdapterHost } from "@nestjs/core";
import { defaultKit, type Taffrail } from "../../src/index.ts";
import { replaceLogController } from "../node/fastify/log-controller.ts";
import { watchServer } from "../node/server.ts";
import { nestLogger } from "./logger.ts";
import { observeErrors } from "./observe-errors.ts";
import { observeRequests } from "./observe-requests.ts";

/** The token under which the kit is injected: `@Inject(TAFFRAIL) kit: Taffrail`. */
export const TAFFRAIL: unique symbol = Symbol.for("taffrail.nest.kit");

/**
 * Gives every request of a Nest application its ids, one completion line and its metrics, on Express and on
 * Fastify, and has Nest's own `Logger` write through the kit. Nest 11 and 12.
 */
export class TaffrailModule
  implements NestModule, OnApplicationBootstrap, OnModuleDestroy, OnApplicationShutdown
{
  readonly #kit: Taffrail;
  readonly #host: HttpAdapterHost;

  /**
   * Set up for the root module; the kit is then to be had everywhere as {@link TAFFRAIL}.
   *
   * @param kit the kit; without one, a default kit is built from the environment
   * @example
   * Module({ imports: [TaffrailModule.forRoot(kit), OrdersModule] })
   */
  static forRoot(kit: Taffrail = defaultKit()): DynamicModule {
    // Now, not when the module is made: Nest has said much by then. A `logger` given to NestFactory still wins.
    Logger.overrideLogger(nestLogger(kit));
    observeErrors();
    return {
      module: TaffrailModule,
      global: true,
      // A factory: a value would be hashed for the module's id, whole.
      providers: [{ provide: TAFFRAIL, useFactory: () => kit }],
      exports: [TAFFRAIL],
    };
  }

  constructor(kit: Taffrail, host: HttpAdapterHost) {
    this.#kit = kit;
    this.#host = host;
  }

  /** Nest's hook for middleware: the last before it registers routes, and so the last chance to be told of them. */
  configure(): void {
    const { httpAdapter } = this.#host;
    observeRequests(this.#kit, httpAdapter);
    // A stream that breaks is told to Fastify's log alone.
    if (httpAdapter.getType() === "fastify") replaceLogController(httpAdapter.getInstance());
  }

  onApplicationBootstrap(): void {
    // An application context without HTTP has none.
    const server = this.#host.httpAdapter?.getHttpServer();
    if (server) watchServer(this.#kit, server);
  }

  /** Nest shuts down: load balancers are told before anything closes. */
  onModuleDestroy(): void {
    this.#kit.health.setReady(false, "stopping");
  }

  /** Nest ends the process, if a signal asked it to, as soon as its modules are done. */
  async onApplicationShutdown(signal?: string): Promise<void> {
    if (signal !== undefined) await this.#kit.close();
  }
}

// Decorators by hand: they need no compiler that knows them.
Inject(TAFFRAIL)(TaffrailModule, undefined, 0);
Inject(HttpAdapterHost)(TaffrailModule, undefined, 1);
