import Router from "@koa/router";
import Koa from "koa";
import { createTaffrail } from "taffrail";
import { requestLogger } from "taffrail/koa";

const kit = createTaffrail({ serviceName: "hello" });
const app = new Koa();
const router = new Router();

router.get("/hello/:name", (ctx) => {
  kit.log.info("saying hello");
  ctx.body = { hello: ctx.params.name };
});
router.get("/fail", () => {
  throw new Error("no such luck", { cause: new TypeError("a reason") });
});
app.use(requestLogger(kit));
app.use(router.routes());

await kit.listen();
const server = app.listen(Number(process.env.PORT ?? 3000), () => {
  kit.log.info({ port: server.address().port }, "listening");
});
