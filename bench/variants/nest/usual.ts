import type { CallHandler, ExecutionContext, NestInterceptor } from "@nestjs/common";
import { APP_INTERCEPTOR } from "@nestjs/core";
import { PrometheusModule } from "@willsoto/nestjs-prometheus";
import type { Request, Response } from "express";
import { LoggerModule } from "nestjs-pino";
import { Histogram, register } from "prom-client";
import { finalize, type Observable } from "rxjs";
import type { ServedVariant } from "../../served-variant.ts";
import { serveNest } from "./app.ts";

/** nestjs-pino, and nestjs-prometheus with the interceptor that guides show: that module itself times no requests. */
export function serve(): Promise<ServedVariant> {
  return serveNest({
    imports: [LoggerModule.forRoot(), PrometheusModule.register()],
    providers: [{ provide: APP_INTERCEPTOR, useFactory: () => new ObserveInterceptor() }],
    metrics: () => register.metrics(),
  });
}

const duration = new Histogram({
  name: "http_request_duration_seconds",
  help: "Duration of HTTP requests.",
  labelNames: ["method", "route", "status_code"],
});

class ObserveInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const end = duration.startTimer();
    const request = context.switchToHttp().getRequest<Request>();
    const response = context.switchToHttp().getResponse<Response>();
    return next.handle().pipe(
      finalize(() => {
        const { path } = request.route as { readonly path: string };
        end({ method: request.method, route: path, status_code: response.statusCode });
      }),
    );
  }
}
