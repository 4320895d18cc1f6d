import { newOrder, order } from "./orders.ts";

/** One request as it goes over the wire, and the only answer that counts as right. */
export interface PreparedRequest {
  readonly bytes: Buffer;
  readonly statusLine: Buffer;
  readonly body: Buffer;
  /** The body as it goes over the wire where its length is not declared: in one chunk. */
  readonly chunkedBody: Buffer;
}

const TENANTS: readonly string[] = ["acme", "globex", "initech", "umbrella"];
const ORDERS_PER_TENANT = 50;

/** What a browser behind a proxy sends, without ids, so that every variant has to make its own. */
const HEADERS: readonly string[] = [
  "host: 127.0.0.1",
  "connection: keep-alive",
  "user-agent: Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
  "accept: application/json",
  "accept-language: en-GB,en;q=0.7",
  "accept-encoding: gzip, deflate, br",
  "x-forwarded-for: 203.0.113.9",
  "x-forwarded-proto: https",
];

/** Build the mix every round sends: four reads, then one write, over 200 different orders. */
export function requestMix(): readonly PreparedRequest[] {
  const ids = Array.from({ length: ORDERS_PER_TENANT }, (_, index) => index + 1);
  return ids.flatMap((id) =>
    TENANTS.map((tenant, index) =>
      (id * TENANTS.length + index) % 5 === 4 ? write(tenant, id) : read(tenant, id),
    ),
  );
}

function read(tenant: string, id: number): PreparedRequest {
  return prepare(`GET /api/${tenant}/orders/${id}?page=1`, "", "200 OK", order(tenant, id));
}

function write(tenant: string, id: number): PreparedRequest {
  return prepare(
    `POST /api/${tenant}/orders`,
    JSON.stringify(newOrder(id)),
    "201 Created",
    order(tenant, id),
  );
}

function prepare(start: string, content: string, status: string, answer: unknown): PreparedRequest {
  const body = Buffer.from(JSON.stringify(answer));
  const entity = content
    ? ["content-type: application/json", `content-length: ${Buffer.byteLength(content)}`]
    : [];
  return {
    bytes: Buffer.from(`${[`${start} HTTP/1.1`, ...HEADERS, ...entity].join("\r\n")}\r\n\r\n${content}`),
    statusLine: Buffer.from(`HTTP/1.1 ${status}\r\n`),
    body,
    chunkedBody: Buffer.from(`${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`),
  };
}
