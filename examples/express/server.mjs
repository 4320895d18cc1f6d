import express from "express";
import { createTaffrail } from "taffrail";
import { errorLogger, requestLogger } from "taffrail/express";

const kit = createTaffrail({ serviceName: "hello" });
const app = express();

app.use(requestLogger(kit));
app.get("/hello/:name", (req, res) => {
  kit.log.info("saying hello");
  res.json({ hello: req.params.name });
});
app.get("/fail", () => {
  throw new Error("no such luck", { cause: new TypeError("a reason") });
});
app.use(errorLogger(kit));

await kit.listen();
const server = app.listen(Number(process.env.PORT ?? 3000), (error) => {
  if (error) throw error;
  kit.log.info({ port: server.address().port }, "listening");
});
