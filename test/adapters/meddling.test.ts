import { EventEmitter, once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { expect, it } from "vitest";
import { requestLogger } from "../../adapters/node/index.ts";
import type { TaffrailOptions } from "../../src/index.ts";
import { rawConnection } from "../support/client.ts";
import { serve } from "../support/serve.ts";
import { createWatched, type Watched } from "../support/watched.ts";

type Middleware = (req: IncomingMessage, res: ServerResponse, logged: () => void) => void;

/** Serve with middleware around the logger, which calls `logged` to have it take its turn. */
async function withMiddleware(
  { middleware, ...options }: TaffrailOptions & { readonly middleware: Middleware },
  test: (watched: Watched, url: string) => Promise<void>,
): Promise<void> {
  const watched = createWatched(options);
  const log = requestLogger(watched.kit)(() => undefined);
  const served = await serve(createServer((req, res) => middleware(req, res, () => log(req, res))));
  try {
    await test(watched, served.url);
    expect(watched.kit.http.active.size).toBe(0);
  } finally {
    await served.close();
    await watched.kit.close();
  }
}

const resets: Readonly<Record<string, (res: ServerResponse) => void>> = {
  "its own taken away": (res) => Reflect.deleteProperty(res, "emit"),
  "Node's put back": (res) => {
    res.emit = EventEmitter.prototype.emit;
  },
};

it.each(Object.keys(resets))("a response whose emit is replaced leaves its line: %s", async (name) => {
  const middleware: Middleware = (_req, res, logged) => {
    logged();
    resets[name]?.(res);
    res.end("reset");
  };
  await withMiddleware({ middleware }, async (watched, url) => {
    expect(await watched.complete(url)).toMatchObject({ outcome: "ok", http_response_status_code: 200 });
  });
});

it("an emit that is replaced until the response is finished leaves the line", async () => {
  const middleware: Middleware = (_req, res, logged) => {
    const { emit } = res;
    res.emit = function (this: ServerResponse, event: string | symbol, ...args: unknown[]) {
      if (event === "finish") res.emit = emit;
      return emit.call(this, event, ...args);
    };
    logged();
    res.end("wrapped");
  };
  await withMiddleware({ middleware }, async (watched, url) => {
    expect(await watched.complete(url)).toMatchObject({ outcome: "ok" });
  });
});

it("a response that lost its request takes nothing down", async () => {
  // Nobody knows any more when the request ends, so that the drain would wait for it.
  const watched = createWatched({ lifecycle: { drainTimeoutMs: 1 } });
  const handle = requestLogger(watched.kit)((req, res) => {
    res.end("lost");
    if (req.url === "/lost") Object.assign(res, { req: undefined });
  });
  const served = await serve(createServer(handle));
  expect(await (await fetch(`${served.url}/lost`)).text()).toBe("lost");
  expect(await watched.complete(`${served.url}/kept`)).toMatchObject({ outcome: "ok" });
  await served.close();
  await watched.kit.close();
});

it("a response that was over before the logger's turn has its status", async () => {
  const middleware: Middleware = (_req, res, logged) => {
    res.statusCode = 201;
    res.end("early");
    void once(res, "close").then(logged);
  };
  await withMiddleware({ middleware }, async (watched, url) => {
    expect(await watched.complete(url)).toMatchObject({ outcome: "ok", http_response_status_code: 201 });
  });
});

it("what the application says at the end of a request that its client left is the request's", async () => {
  let say = (): void => undefined;
  const middleware: Middleware = (_req, res, logged) => {
    res.on("close", () => say());
    logged();
    res.write("begun");
  };
  const options: TaffrailOptions = {
    http: {
      level() {
        say();
        return undefined;
      },
    },
  };
  await withMiddleware({ middleware, ...options }, async (watched, url) => {
    say = () => {
      watched.kit.log.info("said at the end");
      watched.kit.addFields({ bytes_sent: 5 });
    };
    const socket = await rawConnection(url, "GET / HTTP/1.1\r\nHost: a\r\nX-Request-Id: left\r\n\r\n");
    await once(socket, "data");
    socket.destroy();
    const line = await watched.log.waitFor(({ event_name }) => event_name === "http.server.request");
    expect(line).toMatchObject({ outcome: "aborted", request_id: "left", bytes_sent: 5 });
    const said = watched.log.lines.filter(({ msg }) => msg === "said at the end");
    expect(said.map(({ request_id }) => request_id)).toEqual(["left", "left"]);
  });
});
