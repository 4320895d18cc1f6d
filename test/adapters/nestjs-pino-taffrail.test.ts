import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TaffrailModule } from "../../adapters/nest/index.ts";
import { fastifyAdapter } from "./nest-app.ts";
import { type NestPino, startNestPino } from "./nestjs-pino-app.ts";

describe("nestjs-pino with contractOptions beside TaffrailModule, on Fastify", () => {
  let app: NestPino;
  beforeAll(async () => {
    app = await startNestPino({
      adapter: fastifyAdapter(),
      forRoutes: ["/*path"],
      modules: (kit) => [TaffrailModule.forRoot(kit)],
    });
  });
  afterAll(() => app.close());

  it("the route is known, the lines share the id, and there is one completion line", async () => {
    const lines = await app.linesOf("/cats/tom", { headers: { "x-request-id": "r-8" } });
    expect(lines.map(({ msg }) => msg)).toEqual(["purring", "weighed", "GET /cats/:name 200"]);
    expect(lines.at(-1)).toMatchObject({ http_route: "/cats/:name", cat_name: "tom", request_id: "r-8" });
  });

  it("an error has one line", async () => {
    const lines = await app.linesOf("/cats/tom/guarded");
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ error_type: "PaymentError", http_route: "/cats/:name/guarded" });
  });
});
