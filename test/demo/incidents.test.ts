import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { switchIncidents } from "../../demo/traffic/switch-incidents.ts";
import type { LogLine } from "../../src/index.ts";
import { Child } from "../support/child.ts";
import { type Answer, ask } from "../support/client.ts";
import { until } from "../support/poll.ts";

describe("an incident switched by name", () => {
  let shop: Child;
  let payments: Child;
  let shopUrl: string;
  let paymentsUrl: string;

  beforeAll(async () => {
    payments = startService("payments");
    paymentsUrl = await urlOf(payments);
    shop = startService("shop", { PAYMENTS_URL: paymentsUrl });
    shopUrl = await urlOf(shop);
  });
  beforeEach(() => switchIncidents([shopUrl, paymentsUrl], []));
  afterAll(() => {
    for (const service of [shop, payments]) service.kill("SIGKILL");
  });

  const completion = (service: Child, answer: Answer): Promise<LogLine> =>
    service.line(
      (line) =>
        line.event_name === "http.server.request" && line.request_id === answer.headers["x-request-id"],
    );

  const placeOrder = (): Promise<Answer> =>
    ask(`${shopUrl}/api/acme/orders`, {
      method: "POST",
      headers: { authorization: "Bearer ada", "content-type": "application/json", traceparent },
      body: JSON.stringify({ item: "rope", card: "4242-1" }),
    });

  it("fails every order while payments is down, with one request in both services' lines", async () => {
    await switchIncidents([shopUrl, paymentsUrl], ["payments-down"]);
    const answer = await placeOrder();
    expect(answer.status).toBe(502);
    const ids = { request_id: answer.headers["x-request-id"], trace_id: traceparent.split("-")[1] };
    expect(await completion(payments, answer)).toMatchObject({
      ...ids,
      level: "error",
      http_response_status_code: 503,
      outcome: "server_error",
      error_type: "ProviderError",
      exception_causes: [{ exception_type: "Error", exception_message: "connect ECONNREFUSED 127.0.0.1:9" }],
    });
    expect(await completion(shop, answer)).toMatchObject({
      ...ids,
      level: "error",
      http_route: "/api/:tenant/orders",
      outcome: "server_error",
      error_type: "PaymentError",
      user_id: "ada",
    });
  });

  it("fails what needs the database while that is down, and the service is not ready", async () => {
    const opsUrl = `http://127.0.0.1:${(await shop.line(isOpsListen)).server_port}`;
    await switchIncidents([shopUrl], ["database-down"]);
    const answer = await ask(`${shopUrl}/api/acme/orders`, { headers: { authorization: "Bearer ada" } });
    expect(answer.status).toBe(500);
    expect(await completion(shop, answer)).toMatchObject({ error_type: "QueryError" });
    const readiness = await ask(`${opsUrl}/readyz`);
    expect(readiness.status).toBe(503);
    expect(JSON.parse(readiness.text)).toMatchObject({ checks: { database: { status: "failed" } } });
  });

  it("makes queries queue for a connection while the database is slow", async () => {
    await switchIncidents([shopUrl], ["slow-database"]);
    const headers = { authorization: "Bearer ada" };
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => ask(`${shopUrl}/api/acme/orders`, { headers })),
    );
    const refused = answers.filter(({ status }) => status === 500);
    expect(refused.length).toBeGreaterThan(0);
    const lines = await Promise.all(refused.map((answer) => completion(shop, answer)));
    expect(lines.map(({ error_type }) => error_type)).toContain("PoolTimeoutError");
    expect(shop.lines).toContainEqual(expect.objectContaining({ msg: "slow query", scope_name: "db" }));
  });

  it("is over when it is switched off, and both are logged", async () => {
    await switchIncidents([shopUrl, paymentsUrl], ["payments-down", "blocked-loop"]);
    await switchIncidents([shopUrl, paymentsUrl], []);
    const switchings = (service: Child): string[] =>
      service.lines.filter(({ event_name }) => event_name === "demo.incident").map(({ msg }) => msg);
    for (const service of [shop, payments]) {
      await until(
        () => switchings(service).slice(-2),
        ([first, second]) => first === "incident: payments-down, blocked-loop" && second === "incident over",
      );
    }
  });

  it("is refused by a name that is none, with the names there are", async () => {
    const answer = await ask(`${shopUrl}/_demo/incidents`, { method: "PUT", body: '["meteor"]' });
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text)).toMatchObject({ known: expect.arrayContaining(["payments-down"]) });
    await expect(switchIncidents([paymentsUrl], JSON.parse('["meteor"]'))).rejects.toThrow("400");
  });

  it("leaves no line and no count of its switching", async () => {
    const { text } = await ask(`${shopUrl}/_demo/incidents`);
    expect(JSON.parse(text)).toMatchObject({ active: [] });
    const answer = await ask(`${shopUrl}/nowhere`);
    await completion(shop, answer);
    expect(shop.lines.filter(({ url_path }) => url_path?.startsWith("/_demo"))).toEqual([]);
  });
});

const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
const isOpsListen = ({ event_name }: LogLine): boolean => event_name === "ops.listen";

function startService(name: string, env: Readonly<Record<string, string>> = {}): Child {
  return new Child(
    "main.js",
    { OTEL_SERVICE_NAME: name, DEMO_SEED: "7", ...env },
    { folder: `build/demo/${name}` },
  );
}

async function urlOf(service: Child): Promise<string> {
  return String((await service.line(({ msg }) => msg === "listening"))["url"]);
}
