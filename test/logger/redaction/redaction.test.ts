import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import type { RedactOptions } from "../../../src/config/options.ts";
import { createTaffrail } from "../../../src/index.ts";

const secret = "s3cr3t-Canary";
const card = "4111 1111 1111 1111";

/** Write with an unconfigured kit and answer the text of the lines. */
function written(
  write: (log: ReturnType<typeof createTaffrail>["log"]) => void,
  redact?: RedactOptions,
): string {
  const lines: string[] = [];
  const kit = createTaffrail({
    preset: "test",
    ...(redact && { redact }),
    log: { level: "trace", destination: { write: (line) => void lines.push(line) } },
  });
  write(kit.log);
  expect(lines.length).toBeGreaterThan(0);
  return lines.join("");
}

class LoginError extends Error {
  password = secret;
}

function request(): IncomingMessage {
  const message = new IncomingMessage(new Socket());
  message.method = "GET";
  message.url = `/login?otp=1&anything=${secret}`;
  message.headers = { authorization: `Bearer ${secret}`, cookie: `sid=${secret}`, "x-unknown": secret };
  message.rawHeaders = ["X-Api-Key", secret];
  return message;
}

const response = (): ServerResponse => {
  const message = new ServerResponse(request());
  message.setHeader("set-cookie", `sid=${secret}`);
  return message;
};

const jwt = `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ${secret.replace(/-/g, "")}.c2lnbmF0dXJl`;

/** Where secrets hide; none of them may reach a line with no configuration at all. */
const hidingPlaces: Readonly<Record<string, (log: ReturnType<typeof createTaffrail>["log"]) => void>> = {
  "a field": (log) => log.info({ password: secret }),
  "any depth": (log) => log.info({ a: { b: [{ c: { refresh_token: secret } }] } }),
  "any case and spelling": (log) =>
    log.info({ "API-Key": secret, apiKey: secret, API_KEY: secret, clientSecret: secret }),
  "a child's bindings": (log) => log.child({ user: { passwd: secret } }).info("x"),
  "a Map": (log) => log.info({ map: new Map([["token", secret]]) }),
  "behind toJSON": (log) => log.info({ doc: { toJSON: () => ({ session_id: secret }) } }),
  "an error's message": (log) => log.error(new Error(`login failed: password=${secret}`)),
  "an error's cause": (log) => log.error(new Error("x", { cause: new Error(`token: "${secret}"`) })),
  "a thrown object": (log) => log.error(new Error("x", { cause: { password: secret } })),
  "headers by their name": (log) => log.info({ headers: { Authorization: secret, "X-Custom-Auth": secret } }),
  "fetch headers": (log) => log.info({ h: new Headers({ "x-secret-thing": secret }) }),
  "a whole request": (log) => log.info({ req: request() }, "got it"),
  "a whole request alone": (log) => log.info(request()),
  "a whole response": (log) => log.info({ res: response() }),
  "raw headers": (log) => log.info({ rawHeaders: request().rawHeaders }),
  "headers as pairs": (log) => log.info({ headers: [["X-Unknown", secret]] }),
  "headers as a list of names and values": (log) =>
    log.info({ request: { headers: [{ name: "X-Unknown", value: secret }] } }),
  "a list of secrets": (log) => log.info({ passwords: [secret] }),
  "a command's environment": (log) => log.info(`ran PGPASSWORD=${secret} MYSQL_PWD=${secret} dump`),
  "an arrow": (log) => log.info(`{ :password => '${secret}' }`),
  "tabs around a colon": (log) => log.info(`password\t:\t${secret}`),
  "user info in a URL": (log) => log.info(`connecting to postgres://app:${secret}@db:5432/x`),
  "a URL object": (log) => log.info({ target: new URL(`https://u:${secret}@host/?token=${secret}`) }),
  "a query in a text": (log) => log.info({ url: `/cb?state=1&access_token=${secret}&x=1` }),
  "JSON in a text": (log) => log.info({ body: JSON.stringify({ user: "u", password: secret }) }),
  "JSON in JSON": (log) =>
    log.info({ body: JSON.stringify({ inner: JSON.stringify({ password: secret }) }) }),
  "JSON in a text, behind an escaped quote": (log) =>
    log.info({
      body: JSON.stringify({ password: `a"${secret}`, token: `a\\${secret}`, secret: `\n${secret}` }),
    }),
  "JSON in JSON in a text, behind an escaped quote": (log) =>
    log.info({ body: JSON.stringify(JSON.stringify({ password: `a"\\${secret}` })) }),
  "a list or an object in JSON in a text": (log) =>
    log.info({ body: JSON.stringify({ tokens: 1, token: [secret], password: { is: [`]}"${secret}`] } }) }),
  "a form's nested key": (log) => log.info({ body: `user[password]=${secret}&user%5Btoken%5D=${secret}` }),
  "a flat key's last name": (log) => log.info({ "smtp.password": secret, "user[token]": secret }),
  "a name that ends in a secret's": (log) =>
    log.info({
      DB_PASS: secret,
      password_2: secret,
      stripeSecretKey: secret,
      env: { GITHUB_TOKEN: secret, OPENAI_API_KEY: secret },
    }),
  "a name beside its value": (log) =>
    log.info({ env: [{ name: "DB_PASSWORD", value: secret }], params: [{ key: "token", value: secret }] }),
  entries: (log) => log.info({ entries: Object.entries({ password: secret, order_id: 1 }) }),
  "a command's flags": (log) => log.info({ args: ["-v", "--password", secret, "x"] }),
  "a command in a text": (log) => log.info(`failed: dump --password ${secret} --token '${secret}' x`),
  "an XML element": (log) => log.info(`<a><o:Password Type="t">${secret}</o:Password></a>`),
  "Bearer and Basic, whatever stands between": (log) =>
    log.info(`Bearer\t${secret}1 BASIC  ${Buffer.from(secret).toString("base64")}`),
  "a password that should have been encoded": (log) => log.info(`postgres://u:a#${secret}?@db/x`),
  "a bot's address": (log) =>
    log.info(`https://api.telegram.org/bot123456789:${`${secret}-`.repeat(3)}/sendMessage`),
  "headers of a class of axios's kind": (log) =>
    log.info({
      sent: new (class {
        readonly [Symbol.toStringTag] = "AxiosHeaders";
        *[Symbol.iterator](): Generator<[string, string]> {
          yield ["x-custom", secret];
        }
      })(),
    }),
  "a web hook": (log) => log.info(`https://hooks.slack.com/services/T0/B0/${secret.replace("-", "")}`),
  "a mail transport's options": (log) => log.info({ smtp: { auth: { user: "u", pass: secret } } }),
  "headers as names and values in turn": (log) => log.info({ headers: ["x-custom", secret] }),
  "headers as whole lines": (log) => log.info({ headers: [`x-custom: ${secret}`, `cookie: a=${secret}`] }),
  "headers in a Map": (log) => log.info({ headers: new Map([["x-custom", secret]]) }),
  "headers in a class of its own": (log) =>
    log.info({
      headers: new (class {
        "x-custom" = secret;
      })(),
    }),
  "a key that is a URL": (log) =>
    log.info({
      m: new Map([[`redis://:${secret}@host`, 1]]),
      [`redis://:${secret}@the.host.of.the.cache`]: 2,
    }),
  "an interpolated object": (log) => log.info("user %j signed in", { name: "n", password: secret }),
  "an interpolated text": (log) => log.info("password: %s", secret),
  "a value after the message": (log) => log.info("password:", ...([secret] as never[])),
  "an object after the message": (log) => log.info("signed in", ...([{ password: secret }] as never[])),
  "Bearer in a text": (log) => log.info(`sent Authorization: Bearer ${secret}`),
  "Basic in a text": (log) =>
    log.info(`header was Basic ${Buffer.from(secret).toString("base64")} ok (${"x"})`),
  "a cookie line": (log) => log.info(`Cookie: theme=dark; sid=${secret}`),
  "a JSON web token": (log) => log.info({ note: `got ${jwt}` }),
  "an issuer's key": (log) => log.info(`using ghp_${"a1B2".repeat(9)} and sk_live_${"a1B2".repeat(6)}`),
  "a private key": (log) =>
    log.info(`-----BEGIN RSA PRIVATE KEY-----\n${secret}\n-----END RSA PRIVATE KEY-----`),
  "a card number": (log) => log.info({ note: `paid with ${card}`, number: 4_111_111_111_111_111 }),
};

const leaks = [
  secret,
  secret.replace(/-/g, ""),
  "4111 1111",
  "4111111111111111",
  "a1B2a1B2",
  Buffer.from(secret).toString("base64"),
  "eyJzdWIi",
];

describe("with no configuration, a secret stays out of the log in", () => {
  it.each(Object.entries(hidingPlaces))("%s", (_place, write) => {
    const text = written(write);
    for (const leak of leaks) expect(text).not.toContain(leak);
    expect(text).toContain("***");
  });
});

describe("redaction leaves alone", () => {
  const harmless = {
    author: "a",
    keyboard: "k",
    remoteAddress: "10.0.0.1",
    tokens_used: 12,
    passenger: "p",
    has_password: true,
    bypass: "b",
    npm_config_user_agent: "npm/11",
    local: "http://localhost:3000?at=a@b and http://h:80#a@b",
    columns: ["token", "name", "email"],
    flags: "run --keep 7 --name a </b>",
    public_key: "k",
    monkey: "m",
    empty: 'password: "" and secret = , nothing',
    pinned: true,
    user_agent: "Mozilla/5.0 (X11; Linux x86_64) Chrome/120.0.0.0 Safari/537.36",
    at: "12:30:45.123",
    uuid: "0193a1c2-6f0e-7c3a-9d41-2b7d0a5c11ee",
    epoch_ms: 1_763_800_000_000,
    epoch_ns: "1763800000000000000",
    email: "someone@example.com",
    expression: "a=b, c: d",
    url: "https://example.com/path?page=2&sort=asc",
    prose: "basic authentication is not enough for the bearer here",
  };

  it.each(Object.entries(harmless))("%s", (key, value) => {
    const line = JSON.parse(written((log) => log.info({ [key]: value }, "m"))) as Record<string, unknown>;
    expect(line[key]).toEqual(value);
  });
});

describe("of an error", () => {
  it("only what the contract names is written, no property of its own", () => {
    expect(written((log) => log.error({ err: new LoginError("no") }))).not.toContain(secret);
  });
});

describe("redaction can be extended", () => {
  it("by key names and by headers", () => {
    const redact = { keys: ["iban_number"], headersAllow: ["X-Tenant"] };
    const fields = { ibanNumber: "DE02", headers: { "x-tenant": "acme", "x-other": "hidden" } };
    const line = JSON.parse(written((log) => log.info(fields), redact)) as object;
    expect(line).toMatchObject({ ibanNumber: "***", headers: { "x-tenant": "acme", "x-other": "***" } });
  });
});

describe("where a text is cut", () => {
  // As soon as the `@` is cut off, nothing tells that this was a password.
  const url = `postgres://app:${secret}@db/x`;
  const cutsAt = Array.from({ length: `${url} ${card}`.length }, (_, at) => at);
  const filler = (length: number): string => "word ".repeat(length / 5 + 1).slice(0, length);

  it.each([
    ["a field", 8_192, (log, text) => log.info({ text })],
    [
      "a field, behind a secret that is masked",
      8_192 + 256,
      (log, text) => log.info({ text: `${jwt}${"a".repeat(900)} ${text.slice(jwt.length + 901)}` }),
    ],
    ["an error's message", 4_096, (log, text) => log.error(Object.assign(new Error(text), { stack: "s" }))],
    ["an error's stack", 8_192, (log, text) => log.error(Object.assign(new Error("m"), { stack: text }))],
    [
      "what a getter throws",
      128,
      (log, text) =>
        log.info({
          get a() {
            throw new Error(text);
          },
        }),
    ],
  ] as [string, number, (log: ReturnType<typeof createTaffrail>["log"], text: string) => void][])(
    "no half of a secret is left: %s",
    (_where, limit, write) => {
      const texts = cutsAt.map((at) => `${filler(limit - at)} ${url} ${card} ${filler(10_000)}`);
      const leaking = texts.filter((text) => /s3cr|4111/.test(written((log) => write(log, text))));
      expect(leaking).toHaveLength(0);
    },
  );
});
