import { FastifyAdapter } from "@nestjs/platform-fastify";
import type { ServedVariant } from "../../served-variant.ts";
import { serveNest } from "../nest/app.ts";

/** No logger and no metrics. */
export function serve(): Promise<ServedVariant> {
  return serveNest({}, new FastifyAdapter());
}
