/** The windows over which burn rates are recorded, by the alerts that read them. */
export const burnWindows = ["5m", "30m", "1h", "2h", "6h", "1d", "3d"] as const;

/** Series that dashboards/alerts/prometheus/slo.yml records, by metrics, and by logs where there are none. */
export const recorded = {
  objective: "service:http_server_availability:objective",
  requests: "service:http_server_requests:rate5m",
  errors: "service:http_server_errors:rate5m",
  burnRate: (window: (typeof burnWindows)[number]): string => `service:http_server_errors:burn_rate${window}`,
} as const;
