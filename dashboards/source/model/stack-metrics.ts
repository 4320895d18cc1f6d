/**
 * Metrics of the stack's own components that dashboards, rules and runbooks use, as each documents them: no service of ours
 * shows them, so a name that stands nowhere here fails the test that looks for it in a scrape.
 * @see https://grafana.com/docs/loki/latest/operations/observability/
 * @see https://grafana.com/docs/alloy/latest/reference/components/loki/loki.write/#debug-metrics
 */
export const stackMetrics = {
  up: "Prometheus: whether the last scrape of a target worked",
  ALERTS: "Prometheus: alerts that are pending or firing",
  loki_discarded_samples_total: "Loki: lines it refused, by reason",
  loki_prometheus_rule_evaluation_failures_total: "Loki's ruler: evaluations that failed",
  loki_write_dropped_entries_total: "Alloy, loki.write: lines given up on, by reason",
  prometheus_rule_evaluation_failures_total: "Prometheus: evaluations that failed",
  prometheus_notifications_dropped_total: "Prometheus: alerts that no Alertmanager took",
  alertmanager_notifications_failed_total: "Alertmanager: notifications that failed, by integration",
} as const;

export type StackMetric = keyof typeof stackMetrics;

/** A metric of a component of the stack. */
export function stackMetric(name: StackMetric): StackMetric {
  return name;
}
