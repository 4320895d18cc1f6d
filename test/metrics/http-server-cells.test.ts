import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { linesOf, openMetrics, openMetricsAccept, request, samplesOf } from "./fixtures.ts";

const count = "http_server_request_duration_seconds_count";

async function countLines(metrics: ReturnType<typeof openMetrics>): Promise<string[]> {
  return linesOf((await metrics.render(undefined)).body, count);
}

describe("labels of a request", () => {
  test("a plain success has method, scheme, route and status, and no error_type", async () => {
    const metrics = openMetrics();
    metrics.http.observe(request());
    expect(await countLines(metrics)).toEqual([
      `${count}{http_request_method="GET",url_scheme="http",http_route="/orders/:id",http_response_status_code="200"} 1`,
    ]);
  });

  test("a failure has its error_type, and an abort before the headers no status", async () => {
    const metrics = openMetrics();
    metrics.http.observe(request({ status: 500, errorType: "PaymentError" }));
    metrics.http.observe(request({ status: undefined, errorType: "aborted" }));
    expect(await countLines(metrics)).toEqual([
      `${count}{http_request_method="GET",url_scheme="http",http_route="/orders/:id",http_response_status_code="500",error_type="PaymentError"} 1`,
      `${count}{http_request_method="GET",url_scheme="http",http_route="/orders/:id",error_type="aborted"} 1`,
    ]);
  });

  test("10,000 requests to random unmatched paths are one 404 series, and the scrape's series stay the same", async () => {
    const metrics = openMetrics();
    const unmatched = (): void => metrics.http.observe(request({ route: undefined, status: 404 }));
    unmatched();
    metrics.http.begin("GET", "http");
    metrics.http.end("GET", "http");
    const before = [...samplesOf((await metrics.render(undefined)).body).keys()];
    for (let i = 1; i < 10_000; i += 1) {
      metrics.http.begin("GET", "http");
      metrics.http.observe(request({ route: undefined, status: 404, traceId: randomUUID() }));
      metrics.http.end("GET", "http");
    }
    const { body } = await metrics.render(undefined);
    expect(linesOf(body, count)).toEqual([
      `${count}{http_request_method="GET",url_scheme="http",http_response_status_code="404"} 10000`,
    ]);
    expect([...samplesOf(body).keys()]).toEqual(before);
    expect(metrics.problems).toEqual([]);
  });
});

describe("limit of label sets", () => {
  test("10,000 routes are 999 series and one overflow series; nothing is lost from the total", async () => {
    const metrics = openMetrics();
    for (let i = 0; i < 10_000; i += 1) metrics.http.observe(request({ route: `/r${i}` }));
    metrics.http.observe(request({ route: "/r0" }));
    const { body } = await metrics.render(undefined);
    const lines = linesOf(body, count);
    expect(lines).toHaveLength(1000);
    expect(lines.at(-1)).toBe(`${count}{otel_metric_overflow="true"} 9001`);
    expect(lines[0]).toMatch(/http_route="\/r0".* 2$/);
    expect(body).toContain(
      'taffrail_metric_overflow_total{metric_name="http_server_request_duration_seconds"} 9001',
    );
  });

  test("the limit is said once, with the metric's name", () => {
    const metrics = openMetrics({ maxLabelSets: 10 });
    for (let i = 0; i < 100; i += 1) metrics.http.observe(request({ route: `/r${i}` }));
    expect(metrics.problems).toEqual([
      {
        name: "metric_overflow",
        msg: 'http_server_request_duration_seconds has reached its limit of 10 label sets; further ones are counted together as otel_metric_overflow="true"',
        fields: { metric_name: "http_server_request_duration_seconds", max_label_sets: 10 },
      },
    ]);
  });

  test("routes that differ only after 256 characters are one series, not a duplicate", async () => {
    const metrics = openMetrics();
    metrics.http.observe(request({ route: `/${"a".repeat(300)}1` }));
    metrics.http.observe(request({ route: `/${"a".repeat(300)}2` }));
    expect((await countLines(metrics)).map((line) => line.split(" ").at(-1))).toEqual(["2"]);
  });
});

describe("values", () => {
  test("a duration that is no time is dropped and counted, and sum and count stay right", async () => {
    const metrics = openMetrics();
    metrics.http.observe(request({ durationSeconds: 0.5 }));
    for (const durationSeconds of [Number.NaN, -1, Number.POSITIVE_INFINITY]) {
      metrics.http.observe(request({ durationSeconds }));
    }
    const { body } = await metrics.render(undefined);
    expect(linesOf(body, "http_server_request_duration_seconds_sum")[0]).toMatch(/ 0\.5$/);
    expect(linesOf(body, count)[0]).toMatch(/ 1$/);
    expect(body).toContain(
      'taffrail_metric_rejected_values_total{metric_name="http_server_request_duration_seconds"} 3',
    );
  });

  test("an event stream is counted, but not timed", async () => {
    const metrics = openMetrics();
    metrics.http.observe(request({ route: "/events", recordDuration: false, durationSeconds: 3600 }));
    const { body } = await metrics.render(undefined);
    expect(linesOf(body, count)).toEqual([]);
    expect(linesOf(body, "http_server_untimed_requests_total")).toEqual([
      'http_server_untimed_requests_total{http_request_method="GET",url_scheme="http",http_route="/events",http_response_status_code="200"} 1',
    ]);
  });

  test("body sizes are there only when asked for, and only of bodies whose size is known", async () => {
    const sized = openMetrics({ bodySizes: true });
    sized.http.observe(request({ requestBodyBytes: undefined, responseBodyBytes: 312 }));
    sized.http.observe(request({ requestBodyBytes: -1, responseBodyBytes: Number.NaN }));
    const { body } = await sized.render(undefined);
    expect(linesOf(body, "http_server_response_body_size_bytes_sum")[0]).toMatch(/ 312$/);
    expect(linesOf(body, "http_server_request_body_size_bytes_count")).toEqual([]);
    expect(body).toMatch(/rejected_values_total\{metric_name="http_server_request_duration_seconds"\} 2/);
    sized.http.observe(request({ requestBodyBytes: 5 }));
    expect((await sized.render(undefined)).body).toMatch(/request_body_size_bytes_count\{.*\} 1/);

    const plain = openMetrics();
    plain.http.observe(request({ responseBodyBytes: 312 }));
    expect((await plain.render(undefined)).body).not.toContain("body_size");
  });

  test("the exemplar of a bucket is the last trace in it, shown in OpenMetrics alone", async () => {
    const metrics = openMetrics();
    metrics.http.observe(request({ traceId: "a".repeat(32), spanId: "1".repeat(16), durationSeconds: 0.02 }));
    metrics.http.observe(
      request({ traceId: "b".repeat(32), spanId: "2".repeat(16), durationSeconds: 0.021 }),
    );
    const lines = (await metrics.render(openMetricsAccept)).body
      .split("\n")
      .filter((line) => line.includes(" # "));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/le="0\.025"\} 2 # \{trace_id="b{32}",span_id="2{16}"\} 0\.021 \d{10}\.\d{3}$/);
    expect((await metrics.render("text/plain")).body).not.toContain("trace_id");
  });
});

describe("requests under way", () => {
  test("begin and end move the gauge by method and scheme, and it never falls below zero", async () => {
    const metrics = openMetrics();
    metrics.http.begin("GET", "http");
    metrics.http.begin("GET", "http");
    metrics.http.end("GET", "http");
    metrics.http.begin("BREW", "https");
    metrics.http.end("BREW", "https");
    metrics.http.end("BREW", "https");
    expect(linesOf((await metrics.render(undefined)).body, "http_server_active_requests")).toEqual([
      'http_server_active_requests{http_request_method="GET",url_scheme="http"} 1',
      'http_server_active_requests{http_request_method="_OTHER",url_scheme="https"} 0',
    ]);
  });

  test.each([
    [3.25, "3.25"],
    [-1, "0"],
    [Number.NaN, "0"],
    [Number.NEGATIVE_INFINITY, "0"],
  ])("the age of the oldest is read at the scrape: %s shows as %s", async (age, shown) => {
    const metrics = openMetrics();
    expect((await metrics.render(undefined)).body).toContain(
      "\nhttp_server_oldest_active_request_age_seconds 0\n",
    );
    metrics.http.setOldestActiveAge(() => age);
    const { body } = await metrics.render(undefined);
    expect(body).toContain(`\nhttp_server_oldest_active_request_age_seconds ${shown}\n`);
  });

  test("connections that fail before a request are counted by kind", async () => {
    const metrics = openMetrics();
    metrics.http.clientError("HPE_INVALID_METHOD");
    metrics.http.clientError("HPE_INVALID_METHOD");
    metrics.http.clientError("");
    expect(linesOf((await metrics.render(undefined)).body, "http_server_client_errors_total")).toEqual([
      'http_server_client_errors_total{error_type="HPE_INVALID_METHOD"} 2',
      'http_server_client_errors_total{error_type="_OTHER"} 1',
    ]);
  });
});

test("registry.resetMetrics() starts every count anew, limits included", async () => {
  const metrics = openMetrics({ maxLabelSets: 10, bodySizes: true });
  for (let i = 0; i < 20; i += 1) metrics.http.observe(request({ route: `/r${i}`, responseBodyBytes: 1 }));
  metrics.http.clientError("x");
  metrics.countLogMessage("info");
  await metrics.render(undefined);
  metrics.registry.resetMetrics();
  const { body } = await metrics.render(undefined);
  expect(body).not.toMatch(/^(http_server_request_duration|http_server_client_errors).* \d/m);
  expect(body).toContain("\ntaffrail_scrape_duration_seconds_count 0\n");
  expect(body).toContain('log_messages_total{level="info"} 0');
  metrics.http.observe(request({ route: "/after" }));
  expect(await countLines(metrics)).toHaveLength(1);
});
