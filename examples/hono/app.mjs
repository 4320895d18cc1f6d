import { Hono } from "hono";
import { createTaffrail } from "taffrail";
import { requestLogger } from "taffrail/hono";

export const kit = createTaffrail({ serviceName: "hello" });
export const app = new Hono();

app.use(requestLogger(kit));
app.get("/hello/:name", (c) => {
  kit.log.info("saying hello");
  return c.json({ hello: c.req.param("name") });
});
app.get("/fail", () => {
  throw new Error("no such luck", { cause: new TypeError("a reason") });
});
// The error is on the completion line; Hono's own handler would print it as well.
app.onError((_error, c) => c.text("Internal Server Error", 500));
