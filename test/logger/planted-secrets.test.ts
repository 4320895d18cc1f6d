import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { afterAll, beforeAll, expect, it } from "vitest";
import { errorLogger, requestLogger } from "../../adapters/express/index.ts";
import { createTaffrail } from "../../src/index.ts";
import { ask } from "../support/client.ts";
import { until } from "../support/poll.ts";

/** One in every place where a service meets secrets. */
const planted = {
  authorization: "Bearer planted-01-token",
  cookie: "sid=planted-02",
  apiKey: "planted-03",
  proxyAuthorization: "Basic cGxhbnRlZC0wNA==",
  queryToken: "planted-05",
  queryOther: "planted-06",
  pathToken: "planted-07",
  bodyPassword: "planted-08",
  bodyDeep: "planted-09",
  setCookie: "planted-10",
  inUrl: "planted-11",
  inError: "planted-12",
  card: "4242 4242 4242 4242",
} as const;

let text = "";
const kit = createTaffrail({
  preset: "test",
  log: {
    destination: {
      write: (line) => {
        text += line;
      },
    },
  },
});

const app = express();
app.use(requestLogger(kit));
app.use(express.json());
app.post("/reset/:token", (req, res) => {
  res.setHeader("set-cookie", `sid=${planted.setCookie}`);
  kit.addFields({ body: req.body as object });
  kit.log.info({ req, headers: req.headers }, "got it");
  kit.log.warn({ res }, "answering");
  kit.log.info(`calling https://svc:${planted.inUrl}@backend/pay`);
  kit.log.info({ note: `paid with ${planted.card}` });
  throw new Error("login failed", { cause: new Error(`password=${planted.inError}`) });
});
app.use(errorLogger(kit));
app.use(((_error, _req, res, _next) => void res.status(500).send("failed")) as express.ErrorRequestHandler);
const server = createServer(app);

beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

it("none of 13 planted secrets reaches any line or metric, with no configuration", async () => {
  const { port } = server.address() as AddressInfo;
  const path = `/reset/${planted.pathToken}?token=${planted.queryToken}&anything=${planted.queryOther}`;
  const answer = await ask(`http://127.0.0.1:${port}${path}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: planted.authorization,
      cookie: planted.cookie,
      "x-api-key": planted.apiKey,
      "proxy-authorization": planted.proxyAuthorization,
    },
    body: JSON.stringify({ password: planted.bodyPassword, a: [{ b: { client_secret: planted.bodyDeep } }] }),
  });
  expect(answer.status).toBe(500);
  await until(
    () => text,
    (seen) => seen.includes('"http.server.request"'),
  );
  const output = text + (await kit.metrics.registry.metrics());
  expect(text.split("\n").length).toBeGreaterThan(5);
  expect(Object.values(planted).filter((secret) => output.includes(secret))).toEqual([]);
  expect(output).not.toMatch(/planted-\d|4242 4242|cGxhbnRl/);
});
