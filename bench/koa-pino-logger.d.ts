declare module "koa-pino-logger" {
  import type { Middleware } from "koa";
  export default function pinoLogger(): Middleware;
}
