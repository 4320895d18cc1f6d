import type { CallHandler, ExecutionContext, NestInterceptor } from "@nestjs/common";
import { APP_INTERCEPTOR } from "@nestjs/core";
import { PrometheusModule } from "@willsoto/nestjs-prometheus";
import type { Request } from "express";
import { LoggerModule, type Params } from "nestjs-pino";
import { Histogram, register } from "prom-client";
import { finalize, type Observable } from "rxjs";
import type { ServedVariant } from "../../served-variant.ts";
import { type Added, serveNest } from "./app.ts";

/** nestjs-pino, and nestjs-prometheus with the interceptor that guides show: that module itself times no requests. */
export function serve(): Promise<ServedVariant> {
  return serveNest(usual((request: Request) => (request.route as { readonly path: string }).path));
}

/** What the usual set adds to Nest, whatever its platform. */
export function usual<Request extends NestRequest>(
  routeOf: (request: Request) => string,
  pino: Params = {},
): Added {
  return {
    imports: [LoggerModule.forRoot(pino), PrometheusModule.register()],
    providers: [{ provide: APP_INTERCEPTOR, useFactory: () => new ObserveInterceptor(routeOf) }],
    metrics: () => register.metrics(),
  };
}

interface NestRequest {
  readonly method: string;
}

const duration = new Histogram({
  name: "http_request_duration_seconds",
  help: "Duration of HTTP requests.",
  labelNames: ["method", "route", "status_code"],
});

class ObserveInterceptor<Request extends NestRequest> implements NestInterceptor {
  readonly #routeOf: (request: Request) => string;

  constructor(routeOf: (request: Request) => string) {
    this.#routeOf = routeOf;
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const end = duration.startTimer();
    const request = context.switchToHttp().getRequest<Request>();
    const response = context.switchToHttp().getResponse<{ readonly statusCode: number }>();
    return next.handle().pipe(
      finalize(() => {
        const { method } = request;
        end({ method, route: this.#routeOf(request), status_code: response.statusCode });
      }),
    );
  }
}
