import Fastify from "fastify";
import { createTaffrail } from "taffrail";
import { taffrail } from "taffrail/fastify";

const kit = createTaffrail({ serviceName: "hello" });
const app = Fastify();

await app.register(taffrail, { kit });
app.get("/hello/:name", async (request) => {
  request.log.info("saying hello");
  return { hello: request.params.name };
});
app.get("/fail", async () => {
  throw new Error("no such luck", { cause: new TypeError("a reason") });
});

await kit.listen();
await app.listen({ port: Number(process.env.PORT ?? 3000) });
kit.log.info({ port: app.server.address().port }, "listening");
