export { createPrometheus, type Prometheus } from "./prometheus.ts";
export { PrometheusThread } from "./thread/prometheus-thread.ts";
