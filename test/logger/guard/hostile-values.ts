import { EventEmitter } from "node:events";
import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { Readable } from "node:stream";
import { runInNewContext } from "node:vm";

/** Values that loggers stumble over, by name. */
export function hostileValues(): [string, unknown][] {
  return Object.entries({
    ...primitives(),
    ...texts(),
    ...oddKeys(),
    ...throwing(),
    ...proxies(),
    ...toJson(),
    ...cycles(),
    ...builtIns(),
    ...errors(),
    ...instances(),
    ...large(),
  });
}

const thrower = (): never => {
  throw new Error("hostile");
};

function primitives(): Record<string, unknown> {
  return {
    undefined: undefined,
    null: null,
    true: true,
    zero: 0,
    "minus zero": -0,
    NaN: Number.NaN,
    infinity: Number.POSITIVE_INFINITY,
    "the largest number": Number.MAX_VALUE,
    bigint: 2n ** 70n,
    "negative bigint": -1n,
    symbol: Symbol("s"),
    "symbol without a description": Symbol(),
    "well-known symbol": Symbol.iterator,
    function: hostileValues,
    "arrow without a name": (
      () => () =>
        1
    )(),
    "function with a hostile name": Object.defineProperty(() => 1, "name", { get: thrower }),
    "async function": async () => 1,
    "generator function": function* () {
      yield 1;
    },
    class: class Named {},
  };
}

function texts(): Record<string, unknown> {
  return {
    "empty text": "",
    newline: "a\nb",
    "carriage return": "a\r\nb",
    "forged line": '\n{"level":"fatal","msg":"forged"}',
    quotes: '"}{"',
    backslashes: "\\\\\\",
    nul: "\0",
    escape: "\u001b[31mred\u001b[0m\u001b]0;title\u0007",
    del: "\u007f",
    "C1 control": "\u009b31m",
    "line separator": "\u2028\u2029",
    "bidi override": "\u202eevil\u202c",
    "bidi isolate": "\u2066x\u2069",
    "byte order mark": "\ufeff",
    "high surrogate": "\ud83d",
    "low surrogate": "\ude00",
    "surrogates swapped": "\ude00\ud83d",
    emoji: "👩‍👩‍👧‍👦".repeat(50),
    "percent signs": "%s %d %j %o %O %i %f %c %% %",
    "many placeholders": "%s".repeat(5_000),
    "replacement patterns": "$& $1 $` $' $$",
    "text that looks like a number": "1e999",
  };
}

/** Names that mean something to an object, to pino or to the contract. */
function oddKeys(): Record<string, unknown> {
  const names = [
    ...Object.getOwnPropertyNames(Object.prototype),
    ...["time", "level", "msg", "err", "error", "name", "pid", "hostname", "v", "serializers", "formatters"],
    ...["customLevels", "redact", "toJSON", "then", "length", "message", "stack", "cause", "request_id"],
    ...["trace_id", "span_id", "service_name", "event_name", "outcome", "duration_ms", "exception_causes"],
    ...[
      "http_response_status_code",
      "log_truncated",
      "user_level",
      "__taffrail__",
      "",
      " ",
      "a\nb",
      '"',
      "\u2028",
    ],
  ];
  const values: Record<string, unknown> = {};
  for (const name of names) {
    values[`a key called ${JSON.stringify(name)}`] = JSON.parse(`{${JSON.stringify(name)}:1}`);
    values[`text under ${JSON.stringify(name)}`] = JSON.parse(`{${JSON.stringify(name)}:"x"}`);
  }
  return {
    ...values,
    "what pino takes for a request": { method: "GET", headers: {}, socket: {} },
    "what pino takes for a response": { setHeader: () => 1 },
    "a response whose headers throw": { setHeader: () => 1, getHeaders: thrower },
    "a forged event": { event_name: "process.crash", outcome: "ok" },
    "a very long key": { ["k".repeat(100_000)]: 1 },
  };
}

function throwing(): Record<string, unknown> {
  const getter = (name: string): object =>
    Object.defineProperty({}, name, { get: thrower, enumerable: true });
  return {
    "throwing getter": {
      before: 1,
      ...{},
      get bad() {
        return thrower();
      },
      after: 2,
    },
    "throwing getter of method": getter("method"),
    "throwing getter of setHeader": getter("setHeader"),
    "throwing getter of msg": getter("msg"),
    "throwing getter of err": getter("err"),
    "throwing getter of toJSON": getter("toJSON"),
    "throwing getter of a secret": getter("password"),
    "getter that throws a symbol": {
      get bad() {
        throw Symbol("x");
      },
    },
    "getter that throws null": {
      get bad() {
        throw null;
      },
    },
    "getter that throws a hostile error": {
      get bad() {
        throw new Proxy({}, { get: thrower });
      },
    },
    "throwing toString": { toString: thrower },
    "throwing valueOf": { valueOf: thrower },
    "throwing toPrimitive": { [Symbol.toPrimitive]: thrower },
    "toString of another kind": { toString: 1, valueOf: 1 },
    "throwing toStringTag": Object.defineProperty({}, Symbol.toStringTag, { get: thrower }),
    "throwing constructor": Object.create({
      get constructor() {
        return thrower();
      },
    }),
    "throwing inspect": { [Symbol.for("nodejs.util.inspect.custom")]: thrower },
    "array with a throwing element": Object.defineProperty([1, 2], 0, { get: thrower, enumerable: true }),
    "array with a throwing iterator": Object.assign([1, 2], { [Symbol.iterator]: thrower }),
    "map with throwing entries": Object.assign(new Map([[1, 2]]), { entries: thrower }),
    "set with throwing values": Object.assign(new Set([1]), { values: thrower }),
    "map with hostile keys": new Map<unknown, unknown>([
      [{ toString: thrower }, 1],
      [Symbol("k"), 2],
    ]),
    "nested throwing getter": {
      a: {
        b: [
          {
            get bad() {
              return thrower();
            },
          },
        ],
      },
    },
  };
}

function proxies(): Record<string, unknown> {
  const traps = [
    "get",
    "has",
    "ownKeys",
    "getOwnPropertyDescriptor",
    "getPrototypeOf",
    "set",
    "isExtensible",
  ];
  const values: Record<string, unknown> = {};
  for (const trap of traps) {
    values[`proxy whose ${trap} throws`] = new Proxy({ a: 1 }, { [trap]: thrower });
    values[`array proxy whose ${trap} throws`] = new Proxy([1, 2], { [trap]: thrower });
    values[`error proxy whose ${trap} throws`] = new Proxy(new Error("e"), { [trap]: thrower });
  }
  const all = new Proxy({}, { get: (_target, trap) => (trap === "x" ? undefined : thrower) });
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const revokedArray = Proxy.revocable([], {});
  revokedArray.revoke();
  return {
    ...values,
    "proxy all of whose traps throw": new Proxy({}, all),
    "revoked proxy": revoked.proxy,
    "revoked array proxy": revokedArray.proxy,
    "proxy that answers everything with itself": new Proxy({}, { get: (_t, _k, self): unknown => self }),
    "proxy with a million keys": new Proxy(
      {},
      {
        ownKeys: () => Array.from({ length: 10_000 }, (_, index) => `k${index}`),
        getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: 1 }),
      },
    ),
    "function proxy": new Proxy(() => 1, { get: thrower, apply: thrower }),
  };
}

function toJson(): Record<string, unknown> {
  const self: { toJSON?: () => unknown } = {};
  self.toJSON = () => self;
  const endless = (): object => ({ toJSON: endless });
  return {
    "toJSON that throws": { toJSON: thrower },
    "toJSON that answers itself": self,
    "toJSON without an end": endless(),
    "toJSON that answers undefined": { toJSON: () => undefined },
    "toJSON that answers a symbol": { toJSON: () => Symbol("x") },
    "toJSON that answers a bigint": { toJSON: () => 1n },
    "toJSON that answers text": { toJSON: () => "text" },
    "toJSON that is no function": { toJSON: 1, a: 1 },
  };
}

function cycles(): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  object["self"] = { object };
  const array: unknown[] = [];
  array.push(array);
  const map = new Map<unknown, unknown>();
  map.set("self", map);
  map.set(map, 1);
  const set = new Set<unknown>();
  set.add(set);
  let deep: unknown = "bottom";
  for (let level = 0; level < 10_000; level++) deep = { deep };
  let deepArray: unknown[] = [];
  for (let level = 0; level < 10_000; level++) deepArray = [deepArray];
  return {
    "cyclic object": object,
    "cyclic array": array,
    "cyclic map": map,
    "cyclic set": set,
    deep,
    deepArray,
  };
}

function builtIns(): Record<string, unknown> {
  const arrays = [
    Int8Array,
    Uint8ClampedArray,
    Int16Array,
    Int32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
  ];
  return {
    ...Object.fromEntries(arrays.map((kind) => [kind.name, new kind(4)])),
    buffer: Buffer.from("bytes"),
    "array buffer": new ArrayBuffer(8),
    "shared array buffer": new SharedArrayBuffer(8),
    "data view": new DataView(new ArrayBuffer(8)),
    date: new Date(0),
    "invalid date": new Date(Number.NaN),
    "date with a hostile toISOString": Object.assign(new Date(0), { toISOString: thrower }),
    map: new Map<unknown, unknown>([
      ["a", 1],
      [{}, 2],
    ]),
    set: new Set([1, "a", {}]),
    "weak map": new WeakMap(),
    "weak ref": new WeakRef({}),
    promise: Promise.resolve(1),
    "regular expression": /x/g,
    "boxed number": Object(1),
    "boxed text": Object("text"),
    "boxed bigint": Object(1n),
    "boxed symbol": Object(Symbol("s")),
    url: new URL("https://user:pw@host/path?token=x"),
    "search params": new URLSearchParams("token=x"),
    headers: new Headers({ authorization: "x" }),
    "fetch request": new Request("http://127.0.0.1/?a=b"),
    "fetch response": new Response("x"),
    "abort signal": AbortSignal.abort(),
    "sparse array": Object.assign([], { length: 4_000_000_000 }),
    "array with holes": Object.assign([1], { 2: 3 }),
    "null prototype": Object.assign(Object.create(null), { a: 1 }),
    "arguments object": (function (..._: unknown[]) {
      // biome-ignore lint/complexity/noArguments: that is the point
      return arguments;
    })(1, 2),
    "of another realm": runInNewContext("({ a: [new Map([[1, 2]])], e: new TypeError('x') })"),
    "global object": globalThis,
    process,
    Math,
    JSON,
    intl: new Intl.NumberFormat(),
  };
}

function errors(): Record<string, unknown> {
  const cyclic = new Error("a");
  cyclic.cause = new Error("b", { cause: cyclic });
  const plain = Object.create(Error.prototype) as Error;
  let chain = new Error("0");
  for (let index = 1; index < 1_000; index++) chain = new Error(String(index), { cause: chain });
  const with_ = (properties: PropertyDescriptorMap): Error =>
    Object.defineProperties(new Error("e"), properties);
  return {
    error: new Error("e"),
    "error without a message": new Error(),
    "error with a cyclic cause": cyclic,
    "error with a long chain": chain,
    "error without a stack": with_({ stack: { value: undefined } }),
    "error with a throwing message": with_({ message: { get: thrower } }),
    "error with a throwing stack": with_({ stack: { get: thrower } }),
    "error with a throwing name": with_({ name: { get: thrower } }),
    "error with a throwing cause": with_({ cause: { get: thrower } }),
    "error whose message is an object": with_({ message: { value: { a: 1 } } }),
    "error whose name is a symbol": with_({ name: { value: Symbol("n") } }),
    "error made by Object.create": plain,
    "aggregate error": new AggregateError([new Error("1"), "two", null], "many"),
    "aggregate whose errors throw": Object.defineProperty(new AggregateError([]), "errors", { get: thrower }),
    "aggregate of itself": (() => {
      const e = new AggregateError([]);
      e.errors.push(e);
      return e;
    })(),
    "error of another realm": runInNewContext("new RangeError('other realm')"),
    "error with a huge message": new Error("m".repeat(1_000_000)),
    "error with a hostile toJSON": Object.assign(new Error("e"), { toJSON: thrower }),
    "frozen error": Object.freeze(new Error("frozen")),
  };
}

function instances(): Record<string, unknown> {
  class Account {
    #balance = 1;
    owner = "o";
    get balance(): number {
      return this.#balance;
    }
  }
  const request = new IncomingMessage(new Socket());
  request.headers = { authorization: "Bearer x", "user-agent": "curl" };
  return {
    "instance with private fields": new Account(),
    "event emitter": new EventEmitter(),
    stream: Readable.from(["a"]),
    socket: new Socket(),
    "incoming message": request,
    "server response": new ServerResponse(request),
    timer: setTimeout(() => undefined, 0).unref(),
    "class with a static toJSON": Object.assign(class {}, { toJSON: thrower }),
  };
}

function large(): Record<string, unknown> {
  return {
    "a million characters": "x".repeat(1_000_000),
    "a million emoji": "😀".repeat(1_000_000),
    "a million controls": "\u0001".repeat(1_000_000),
    "wide and deep": Array.from({ length: 100 }, () => Array.from({ length: 100 }, () => ({ a: [1, 2, 3] }))),
    "ten thousand keys": Object.fromEntries(
      Array.from({ length: 10_000 }, (_, index) => [`k${index}`, index]),
    ),
    "many long texts": Array.from({ length: 100 }, () => "y".repeat(10_000)),
    "many escapes": Array.from({ length: 100 }, () => '"\\\n'.repeat(1_000)),
    "a large map": new Map(Array.from({ length: 10_000 }, (_, index) => [index, index])),
    "a large buffer": Buffer.alloc(1_000_000),
  };
}
