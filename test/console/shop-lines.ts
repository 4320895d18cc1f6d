/** Lines as a service with the kit writes them: requests of all outcomes, errors, a crash, over the last minutes. */
export function shopLines(now: number): string[] {
  const lines = Array.from({ length: 240 }, (_, index) => requestLine(index, now - (240 - index) * 2000));
  const crash = {
    ...base(now - 9000, "fatal"),
    event_name: "process.crash",
    error_type: "RangeError",
    exception_message: "out of stock",
    msg: "the process ends",
  };
  const start = { ...base(now - 500_000, "info"), event_name: "process.start", msg: "service started" };
  const lost = {
    ...base(now - 8000, "warn"),
    event_name: "log.dropped",
    log_output: "stdout",
    log_dropped_lines: 12,
    msg: "lines were dropped",
  };
  return [...lines, ...[start, lost, crash].map((line) => JSON.stringify(line))];
}

/** What a log line must never do: be markup, run, or steer the terminal or the direction of text. */
export const hostileLines = [
  '<img src=x onerror="document.title=`owned`"><script>document.title="owned"</script>',
  JSON.stringify({ level: "error", service_name: "hostile", msg: '<b id="owned">bold</b>' }),
  "\u001b[31mred\u001b[0m \u001b]0;owned\u0007 \u202etxt.exe",
  JSON.stringify({
    level: "error",
    service_name: "hostile",
    msg: "a reason that steers",
    error_type: "Type\u001b[2JError",
    exception_message: "declined \u001b[31mred \u202etxt.exe",
  }),
];

const routes = ["/api/orders", "/api/orders/:id", "/api/charges"];

function requestLine(index: number, time: number): string {
  const outcome =
    index % 12 === 0
      ? "server_error"
      : index % 9 === 0
        ? "client_error"
        : index % 50 === 7
          ? "aborted"
          : "ok";
  const status = { server_error: 502, client_error: 404, aborted: 499, ok: 200 }[outcome];
  const route = routes[index % routes.length];
  const failed = outcome === "server_error";
  return JSON.stringify({
    ...base(time, failed ? "error" : outcome === "client_error" ? "warn" : "info"),
    event_name: "http.server.request",
    request_id: `request-${index}`,
    http_request_method: "GET",
    http_route: route,
    http_response_status_code: status,
    duration_ms: index % 20 === 3 ? 900 : 20 + (index % 37),
    outcome,
    msg: `GET ${route} ${status}`,
    ...(failed && { error_type: "UpstreamError", exception_message: "payments did not answer" }),
  });
}

function base(time: number, level: string): Record<string, unknown> {
  return {
    time: new Date(time).toISOString(),
    level,
    service_name: "shop",
    deployment_environment_name: "test",
  };
}
