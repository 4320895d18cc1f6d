import { FastifyAdapter } from "@nestjs/platform-fastify";
import type { FastifyRequest } from "fastify";
import type { ServedVariant } from "../../served-variant.ts";
import { serveNest } from "../nest/app.ts";
import { usual } from "../nest/usual.ts";

/** As on Express; the routes that nestjs-pino chooses by itself match no request on Nest 12 with Fastify. */
export function serve(): Promise<ServedVariant> {
  const added = usual(({ routeOptions }: FastifyRequest) => routeOptions.url ?? "", {
    forRoutes: ["/*path"],
  });
  return serveNest(added, new FastifyAdapter());
}
