const routes = [
  "/api/:tenant/orders",
  "/api/:tenant/orders/:id",
  "/login",
  "/reports/:name",
  "/pay",
] as const;

/** A completion line of the contract, of the length that real ones have; every one is different. */
export function requestLine(n: number, timeMs: number): string {
  const fails = n % 50 === 0;
  const refused = n % 10 === 3;
  const status = fails ? 503 : refused ? 404 : 200;
  return JSON.stringify({
    level: fails ? "error" : refused ? "warn" : "info",
    time: new Date(timeMs).toISOString(),
    event_name: "http.server.request",
    request_id: `01a20374-2d8b-76ef-92dd-${String(n).padStart(12, "0")}`,
    trace_id: `4bf92f3577b34da6a3ce${String(n).padStart(12, "0")}`,
    http_request_method: n % 3 === 0 ? "POST" : "GET",
    http_route: routes[n % routes.length],
    url_path: `/api/acme/orders/${n % 20}`,
    http_response_status_code: status,
    client_address: "127.0.0.1",
    user_agent_original: "demo/1",
    duration_ms: (n % 997) / 7,
    outcome: fails ? "server_error" : refused ? "client_error" : "ok",
    ...(fails && {
      error_type: n % 100 === 0 ? "PaymentError" : "TimeoutError",
      exception_message: "timeout",
    }),
    service_name: "shop",
    service_version: "1.4.0",
    deployment_environment_name: "development",
    service_instance_id: "shop-7f9c",
    msg: `GET ${routes[n % routes.length]} ${status}`,
  });
}
