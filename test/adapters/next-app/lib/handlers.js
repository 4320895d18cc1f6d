import { setTimeout } from "node:timers/promises";
import { withTaffrail } from "taffrail/next";
import { paymentError } from "./errors.js";
import { kit } from "./kit.js";
import { brokenOffLate, forever, parts } from "./streams.js";

const wrap = (handler, options) => withTaffrail(kit, handler, options);

export const ok = wrap(() => Response.json({ ok: true }));
export const twice = wrap(ok);
export const status = wrap(async (_request, { params }) => {
  const code = Number((await params).code);
  return new Response(code === 204 ? null : "as you like", { status: code });
});
export const redirect = wrap((request) => Response.redirect(new URL("/ok", request.url), 302));
export const root = wrap(() => Response.json({}));
export const order = wrap(async (_request, { params }) => Response.json(await params));

export const fail = wrap(() => {
  throw paymentError();
});
export const failMany = wrap(() => {
  throw new AggregateError([new TypeError("first"), new RangeError("second")], "all replicas failed");
});
export const failText = wrap(() => {
  throw "just text";
});
export const reject = wrap(async () => {
  await setTimeout(1);
  throw paymentError();
});
/** An application's own way to answer errors stands around the wrapped handler. */
export const notFound = async (...args) => {
  try {
    return await fail404(...args);
  } catch (error) {
    return new Response("failed", { status: error.status });
  }
};
const fail404 = wrap(() => {
  throw Object.assign(new Error("no such order"), { status: 404 });
});

export const hang = wrap(() => new Promise(() => undefined));
export const stream = wrap(() => new Response(parts(4)));
export const sse = wrap(() => new Response(parts(2), { headers: { "content-type": "text/event-stream" } }));
export const large = wrap(() => new Response(new Uint8Array(20_000_000)));
export const brokenBody = wrap(
  () => new Response(brokenOffLate(), { status: 203, headers: { "x-kept": "yes", "set-cookie": "a=b" } }),
);
export const hook = wrap(() => Response.json({}), { route: "/hooks/:provider" });
export const streamForever = wrap(() => new Response(forever()));

export const fields = wrap(async (_request, { params }) => {
  const { user } = await params;
  kit.log.info("before the fields");
  kit.addFields({ user_id: user, request_id: "forged" });
  await setTimeout(1);
  kit.log.info({ step: 2 }, "after the fields");
  return new Response("ok");
});
export const propagate = wrap(() => Response.json(kit.propagationHeaders()));
