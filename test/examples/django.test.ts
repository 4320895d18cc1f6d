import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEngine, LogStore } from "../../src/logql/index.ts";
import { ask } from "../support/client.ts";
import { freePort } from "../support/free-port.ts";
import { brokenRules } from "../support/line-rules.ts";
import { until } from "../support/poll.ts";

const python = process.env["PYTHON"] ?? "python3";
const hasDjango =
  spawnSync(python, ["-c", "import django, gunicorn, prometheus_client"], { stdio: "ignore" }).status === 0;

describe.skipIf(!hasDjango)("examples/django, on a real Django", () => {
  let server: ChildProcess;
  let url: string;
  let metricsUrl: string;
  const lines: string[] = [];

  beforeAll(async () => {
    const [port, metricsPort] = [await freePort(), await freePort()];
    url = `http://127.0.0.1:${port}`;
    metricsUrl = `http://127.0.0.1:${metricsPort}/metrics`;
    server = spawn(
      python,
      ["-m", "gunicorn", "orders.wsgi", "--bind", `127.0.0.1:${port}`, "--threads", "2"],
      {
        cwd: "examples/django",
        env: {
          ...process.env,
          DJANGO_SETTINGS_MODULE: "settings.production",
          DJANGO_SECRET_KEY: "for this test alone",
          DJANGO_ALLOWED_HOSTS: "127.0.0.1",
          OTEL_SERVICE_NAME: "django-orders",
          OTEL_RESOURCE_ATTRIBUTES: "service.version=2.0.0,deployment.environment.name=demo",
          METRICS_PORT: String(metricsPort),
          PYTHONDONTWRITEBYTECODE: "1",
        },
        stdio: ["ignore", "pipe", "ignore"],
      },
    );
    if (server.stdout) createInterface({ input: server.stdout }).on("line", (text) => lines.push(text));
    await until(
      () =>
        ask(`${url}/healthz`).then(
          ({ status }) => status,
          () => 0,
        ),
      (status) => status === 200,
      15_000,
    );
  });
  afterAll(() => void server.kill("SIGTERM"));

  it("writes lines of the contract alone, one completion line a request, with its ids on every line", async () => {
    const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    const found = await ask(`${url}/orders/7?token=hunter2`, {
      headers: { "x-request-id": "caller-1", traceparent },
    });
    expect(found.headers["x-request-id"]).toBe("caller-1");
    await ask(`${url}/orders/5000`);
    await ask(`${url}/nowhere`, { headers: { "x-request-id": "no good\tid" } });
    await ask(`${url}/pay/7`);
    const completions = await until(
      () => parsed().filter(({ event_name }) => event_name === "http.server.request"),
      (seen) => seen.length >= 5,
    );
    for (const text of lines) expect(brokenRules(`${text}\n`), text).toEqual([]);
    expect(lines.join("\n")).not.toContain("hunter2");

    const [ok, missing, nowhere, failed] = completions.slice(-4);
    expect(ok).toMatchObject({
      level: "info",
      http_route: "/orders/<int:order_id>",
      http_response_status_code: 200,
      url_query: "token=***",
      outcome: "ok",
      trace_id: "4bf92f3577b34da6a3ce929d0e0e4736",
      service_name: "django-orders",
      deployment_environment_name: "demo",
    });
    expect(
      parsed()
        .filter(({ request_id }) => request_id === "caller-1")
        .map(({ msg }) => msg),
    ).toEqual(["order found", "GET /orders/<int:order_id> 200"]);
    expect(missing).toMatchObject({ level: "warn", outcome: "client_error", http_response_status_code: 404 });
    expect(nowhere).toMatchObject({ level: "warn", outcome: "client_error", url_path: "/nowhere" });
    expect(nowhere).not.toHaveProperty("http_route");
    expect(nowhere?.["request_id"]).toMatch(/^[0-9a-f-]{36}$/);
    expect(failed).toMatchObject({
      level: "error",
      outcome: "server_error",
      http_response_status_code: 500,
      error_type: "PaymentError",
      exception_message: "order 7 could not be paid",
      exception_causes: [
        { exception_type: "ConnectionError", exception_message: "the provider closed the connection" },
      ],
    });
  });

  it("measures under the names of the kit", async () => {
    const { text } = await ask(metricsUrl);
    expect(text).toMatch(
      /http_server_request_duration_seconds_count\{error_type="PaymentError",http_request_method="GET",http_response_status_code="500",http_route="\/pay\/<int:order_id>",url_scheme="http"\} 1\.0/,
    );
  });

  it("shows up in what dashboards and rules ask of errors", () => {
    const store = new LogStore();
    const labels = { service_name: "django-orders", deployment_environment_name: "demo" };
    store.push([
      {
        stream: labels,
        values: lines.map((line) => [BigInt(Date.parse(time(line))) * 1_000_000n, line] as const),
      },
    ]);
    const query =
      'sum by (service_name, error_type) (count_over_time({service_name=~".+"} |= `"http.server.request"` | json event_name, outcome, error_type | outcome="server_error" | __error__="" [10m]))';
    const result = createEngine(store).query(query, { time: BigInt(Date.now()) * 1_000_000n });
    expect(JSON.stringify(result)).toContain('"error_type":"PaymentError"');
  });

  it("does not start in production without its secret, and does not show one", () => {
    const { status, stderr } = spawnSync(
      python,
      ["manage.py", "check", "--settings", "settings.production"],
      {
        cwd: "examples/django",
        env: { PATH: process.env["PATH"] ?? "", DJANGO_ALLOWED_HOSTS: "x" },
        encoding: "utf8",
      },
    );
    expect(status).not.toBe(0);
    expect(stderr).toContain("DJANGO_SECRET_KEY is not set");
  });

  function parsed(): Record<string, unknown>[] {
    return lines.map((text) => JSON.parse(text) as Record<string, unknown>);
  }
});

describe("examples/django", () => {
  it("pins what it needs", () => {
    const pins = readFileSync("examples/django/requirements.txt", "utf8").trim().split("\n");
    expect(pins.every((line) => /^[\w-]+==[\d.]+$/.test(line))).toBe(true);
  });
});

function time(line: string): string {
  return (JSON.parse(line) as { time: string }).time;
}
