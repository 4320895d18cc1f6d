import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { pipeline } from "node:stream";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import busboy from "busboy";
import { type NodeExchange, requestLogger, watchServer } from "../../adapters/node/index.ts";
import type { Taffrail } from "../../src/index.ts";
import { serve } from "../support/serve.ts";
import { type AdapterHarness, failingStream, manyErrors, paymentError } from "./harness.ts";

interface Call {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly exchange: NodeExchange;
  readonly kit: Taffrail;
  readonly param: (name: string) => string;
}
type Handler = (call: Call) => unknown;

/** The application of the contract suite on Node's own server, with the router a person would write by hand. */
export const nodeHarness: AdapterHarness = {
  name: "node",
  async start(kit) {
    const logged = requestLogger(kit);
    const handle = logged((req, res, exchange) => dispatch({ req, res, exchange, kit }));
    // The path /twice/* goes through the wrapper a second time.
    const twice = logged((req, res, exchange) => {
      exchange.setRoute(new URL(req.url ?? "", "http://a").pathname);
      handle(req, res);
    });
    const server = createServer((req, res) => (req.url?.startsWith("/twice") ? twice : handle)(req, res));
    watchServer(kit, server);
    return serve(server);
  },
};

async function dispatch(call: Omit<Call, "param">): Promise<void> {
  const { req, res, exchange } = call;
  const { pathname } = new URL(req.url ?? "", "http://a");
  for (const [template, handler] of Object.entries(routes)) {
    const match = pattern(template).exec(pathname);
    if (match === null) continue;
    exchange.setRoute(template);
    try {
      await handler({ ...call, param: (name) => match.groups?.[name] ?? "" });
    } catch (error) {
      exchange.fail(error);
      res.statusCode = (Object(error) as { status?: number }).status ?? 500;
      res.end("failed");
    }
    return;
  }
  res.statusCode = 404;
  res.end("no such path");
}

function pattern(template: string): RegExp {
  return new RegExp(`^${template.replace(/:(\w+)/g, "(?<$1>[^/]+)")}/?$`);
}

const ok: Handler = ({ req, res }) => {
  const etag = '"ok"';
  res.setHeader("etag", etag);
  if (req.headers["if-none-match"] === etag) res.statusCode = 304;
  res.end(res.statusCode === 304 ? undefined : '{"ok":true}');
};

const fail: Handler = () => {
  throw paymentError();
};

const json =
  (value: (call: Call) => unknown): Handler =>
  (call) => {
    const body = JSON.stringify(value(call));
    call.res.setHeader("content-type", "application/json");
    call.res.setHeader("content-length", Buffer.byteLength(body));
    call.res.end(body);
  };

const routes: Readonly<Record<string, Handler>> = {
  "/ok": ok,
  "/twice/ok": ok,
  "/healthz": ok,
  "/skipped/:id": ok,
  "/status/:code": ({ res, param }) => {
    res.statusCode = Number(param("code"));
    res.end();
  },
  "/redirect": ({ res }) => res.writeHead(302, { location: "/ok" }).end(),
  "/throw": fail,
  "/throw-many": () => {
    throw manyErrors();
  },
  "/throw-text": () => {
    throw "just text";
  },
  "/throw-404": () => {
    throw Object.assign(new Error("no such order"), { status: 404 });
  },
  "/reject": () => setTimeout(1).then(() => Promise.reject(paymentError())),
  "/hang": () => undefined,
  "/stream": async ({ res }) => {
    for (let part = 0; part < 4; part++) {
      res.write(`part ${part}\n`);
      await setTimeout(30);
    }
    res.end();
  },
  "/large": ({ res }) => res.end(Buffer.alloc(20_000_000)),
  "/late-status": async ({ res }) => {
    res.write("and so it begins\n");
    await setTimeout(1);
    res.statusCode = 500;
    res.end();
  },
  "/break-off": ({ req, res }) => {
    if (!req.url?.endsWith("early")) res.write("and so it begins\n");
    pipeline(failingStream(), res, () => undefined);
  },
  "/stream-forever": ({ res }) => res.write("and so it begins\n"),
  "/sse": async ({ res }) => {
    res.writeHead(200, { "content-type": "text/event-stream" }).write("data: 1\n\n");
    await setTimeout(30);
    res.end("data: 2\n\n");
  },
  "/log": async ({ res, kit }) => {
    kit.log.info("at once");
    await setTimeout(2);
    kit.log.info("after a timer");
    res.on("finish", () => kit.log.info("in finish"));
    res.on("close", () => kit.log.info("in close"));
    res.end("ok");
  },
  "/log-on-abort": ({ res, kit }) => res.on("close", () => kit.log.info("in close of an abort")),
  "/echo": async (call) => {
    const body: unknown = JSON.parse(await text(call.req));
    call.kit.log.info("after the body");
    await json(() => body)(call);
  },
  "/upload": ({ req, res, kit }) => {
    const form = busboy({ headers: req.headers });
    form.on("file", (_name, file) => file.resume());
    form.on("close", () => {
      kit.log.info("after the upload");
      res.end("ok");
    });
    req.pipe(form);
  },
  "/fields/:user": async ({ res, kit, param }) => {
    kit.log.info("before the fields");
    kit.addFields({ user_id: param("user"), request_id: "forged" });
    await setTimeout(1);
    kit.log.info({ step: 2 }, "after the fields");
    res.end("ok");
  },
  "/propagate": json(({ kit }) => kit.propagationHeaders()),
  "/api/:tenant": ok,
  "/api/:tenant/orders/:id": ok,
  "/api/:tenant/orders/:id/fail": fail,
  "/other/:shop/orders/:id/fail": fail,
};
