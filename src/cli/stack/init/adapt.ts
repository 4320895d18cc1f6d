import { isMap, parseDocument, type YAMLMap, type YAMLSeq } from "yaml";
import type { StackFilesOptions } from "./stack-files.ts";

const demoServices = ["shop", "payments", "traffic", "alert-sink", "taffrail", "django"];

/** The compose file without the demo, for this environment, on a network and a volume that other projects can name. */
export function userCompose(text: string, { environment }: StackFilesOptions): string {
  // The first lines are about the demo.
  const document = parseDocument(text.replace(/^(?:#.*\n)+\n/, ""), { merge: true });
  for (const name of demoServices) document.deleteIn(["services", name]);
  for (const key of ["x-demo", "x-demo-environment"]) document.delete(key);
  document.setIn(["services", "alloy", "environment", "DEPLOYMENT_ENVIRONMENT_NAME"], environment);
  document.setIn(["networks", "telemetry", "name"], "observability");
  document.setIn(["volumes", "service-logs"], document.createNode({ name: "observability-logs" }));
  document.commentBefore = [
    " The stack on one machine. Only Grafana is published, and only to this machine.",
    '   echo "GRAFANA_ADMIN_PASSWORD=$(openssl rand -hex 24)" > .env && docker compose up -d --wait',
  ].join("\n");
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

/** Prometheus' configuration without the demo's optional service. */
export function userPrometheus(text: string): string {
  const document = parseDocument(text);
  // The file is ours: a sequence of maps.
  const jobs = document.get("scrape_configs") as YAMLSeq<YAMLMap>;
  jobs.items = jobs.items.filter((job) => !isMap(job) || job.get("job_name") !== "optional-services");
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

/** Alertmanager's configuration without the sink: receivers that do nothing until they are given something to do. */
export function userAlertmanager(text: string): string {
  return text
    .replace(
      /^# Where alerts go\..*$/m,
      "# Where alerts go: nowhere, until the receivers below are given something to do.",
    )
    .replace(/^ {4}webhook_configs:\n {6}- url: http:\/\/alert-sink:\S+\n {8}send_resolved: \w+\n/gm, "");
}

/** What Prometheus scrapes. */
export function userTargets({ services, environment }: StackFilesOptions): string {
  const entries = services.map(({ name, target }) =>
    [
      `- targets: [${JSON.stringify(target)}]`,
      "  labels:",
      `    service_name: ${name}`,
      `    deployment_environment_name: ${environment}`,
    ].join("\n"),
  );
  return [
    "# One entry a service: where its operations server is, and the names that its log lines carry too.",
    ...entries,
    "",
  ].join("\n");
}
