import Fastify, { type FastifyInstance, type FastifyServerOptions } from "fastify";
import { type NewOrder, order } from "../../orders.ts";
import type { ServedVariant } from "../../served-variant.ts";

/** What a variant adds to the application before its routes, and where its metrics are. */
export type Instrument = (app: FastifyInstance) => Promise<ServedVariant["metrics"]>;

/** The routes that every framework serves, on Fastify. */
export async function serveFastify(
  options: FastifyServerOptions = {},
  instrument: Instrument = async () => undefined,
): Promise<ServedVariant> {
  const app = Fastify(options);
  const metrics = await instrument(app);
  await app.register(
    async (orders) => {
      orders.get<{ Params: { tenant: string; id: string } }>("/orders/:id", async ({ params }) =>
        order(params.tenant, Number(params.id)),
      );
      orders.post<{ Params: { tenant: string }; Body: NewOrder }>(
        "/orders",
        async ({ params, body }, reply) => {
          reply.code(201);
          return order(params.tenant, body.id);
        },
      );
    },
    { prefix: "/api/:tenant" },
  );
  await app.ready();
  return { server: app.server, metrics };
}
