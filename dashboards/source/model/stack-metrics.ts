/**
 * Metrics of the stack's own components that dashboards and rules use, as each documents them.
 * @see https://grafana.com/docs/loki/latest/operations/observability/
 * @see https://grafana.com/docs/alloy/latest/reference/components/loki/loki.write/#debug-metrics
 */
export const stackMetrics = {
  up: "Prometheus: whether the last scrape of a target worked",
  ALERTS: "Prometheus: alerts that are pending or firing",
  loki_distributor_lines_received_total: "Loki: lines that arrived",
  loki_distributor_bytes_received_total: "Loki: bytes that arrived",
  loki_discarded_samples_total: "Loki: lines it refused, by reason",
  loki_prometheus_rule_evaluation_failures_total: "Loki's ruler: evaluations that failed",
  loki_write_sent_entries_total: "Alloy, loki.write: lines that Loki took",
  loki_write_dropped_entries_total: "Alloy, loki.write: lines given up on, by reason",
  prometheus_rule_evaluation_failures_total: "Prometheus: evaluations that failed",
  prometheus_notifications_dropped_total: "Prometheus: alerts that no Alertmanager took",
  alertmanager_notifications_total: "Alertmanager: notifications it tried to send, by integration",
  alertmanager_notifications_failed_total: "Alertmanager: notifications that failed, by integration",
} as const;

export type StackMetric = keyof typeof stackMetrics;

/** A metric of a component of the stack. */
export function stackMetric(name: StackMetric): StackMetric {
  return name;
}
