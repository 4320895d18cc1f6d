import { FastifyAdapter } from "@nestjs/platform-fastify";
import type { ServedVariant } from "../../served-variant.ts";
import { serveNest } from "../nest/app.ts";
import { taffrail } from "../nest/kit.ts";

/** Taffrail as its README says to wire it. */
export async function serve(): Promise<ServedVariant> {
  return serveNest(await taffrail(), new FastifyAdapter());
}
