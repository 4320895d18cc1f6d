// Loki's `discover_service_name`, in its order.
const sources: readonly string[] = [
  "service_name",
  "service",
  "app",
  "application",
  "app_name",
  "name",
  "app_kubernetes_io_name",
  "container",
  "container_name",
  "k8s_container_name",
  "component",
  "workload",
  "job",
  "k8s_job_name",
];

/** Give a stream the label `service_name`, as Loki 3 does: from the labels that usually hold it. */
export function withServiceName(labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  if (labels["service_name"]) return labels;
  const source = sources.find((name) => labels[name]);
  return { ...labels, service_name: (source && labels[source]) || "unknown_service" };
}
