import { Body, Controller, Get, type INestApplicationContext, Module, Param, Post } from "@nestjs/common";
import { type AbstractHttpAdapter, NestFactory } from "@nestjs/core";
import { ExpressAdapter } from "@nestjs/platform-express";
import { type NewOrder, type Order, order } from "../../orders.ts";
import type { ServedVariant } from "../../served-variant.ts";

/** What a variant adds to the application: the modules it imports, and what is to be done once they are there. */
export interface Added {
  readonly imports?: NonNullable<Parameters<typeof Module>[0]["imports"]>;
  readonly providers?: NonNullable<Parameters<typeof Module>[0]["providers"]>;
  readonly prepare?: (app: INestApplicationContext) => void;
  readonly metrics?: ServedVariant["metrics"];
}

/** The routes that every framework serves, on Nest. */
export async function serveNest(
  added: Added = {},
  platform: AbstractHttpAdapter = new ExpressAdapter(),
): Promise<ServedVariant> {
  const { imports = [], providers = [], prepare, metrics } = added;
  class AppModule {}
  Module({ imports, providers, controllers: [Orders] })(AppModule);
  // Nest's own words at the start are none of a request's.
  const app = await NestFactory.create(AppModule, platform, { logger: false });
  prepare?.(app);
  await app.init();
  // Fastify's own start, which Nest leaves to listen().
  await platform.getInstance<{ ready?(): Promise<unknown> }>().ready?.();
  return { server: app.getHttpServer(), metrics };
}

class Orders {
  read(tenant: string, id: string): Order {
    return order(tenant, Number(id));
  }
  create(tenant: string, body: NewOrder): Order {
    return order(tenant, body.id);
  }
}

// Decorators by hand: the compiler in use knows only those of the language, which Nest does not.
const { prototype } = Orders;
const methodOf = (name: "read" | "create"): PropertyDescriptor => ({ value: prototype[name] });
Get("orders/:id")(prototype, "read", methodOf("read"));
Param("tenant")(prototype, "read", 0);
Param("id")(prototype, "read", 1);
Post("orders")(prototype, "create", methodOf("create"));
Param("tenant")(prototype, "create", 0);
Body()(prototype, "create", 1);
Controller("api/:tenant")(Orders);
