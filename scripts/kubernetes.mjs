// deploy/kubernetes, made from the same rules and dashboards that docker-compose.yml mounts.
import { readdirSync, readFileSync } from "node:fs";
import { parse, stringify } from "yaml";

const labels = { "app.kubernetes.io/name": "taffrail", "app.kubernetes.io/part-of": "taffrail" };
const head = "# Made from dashboards/ by `npm run generate`: change it there.\n";

/** The manifests, by path. */
export function kubernetesFiles() {
  const files = {
    "prometheus-rules.yaml": manifests(filesIn("dashboards/alerts/prometheus", ".yml").map(prometheusRule)),
    "loki-rules.yaml": manifests([lokiRules()]),
    "dashboards.yaml": manifests(filesIn("dashboards/grafana", ".json").map(dashboard)),
    "service-monitor.yaml": manifests([serviceMonitor()]),
  };
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [`deploy/kubernetes/${name}`, text]));
}

/** For the Prometheus operator: one a rule file. */
function prometheusRule({ name, text }) {
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PrometheusRule",
    metadata: metadata(`taffrail-${stem(name)}`),
    spec: { groups: parse(text).groups },
  };
}

/** For the sidecar of Loki's chart: it puts each key as a file where the ruler looks. */
function lokiRules() {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: metadata("taffrail-loki-rules", { loki_rule: "1" }),
    data: Object.fromEntries(
      filesIn("dashboards/alerts/loki", ".yml").map(({ name, text }) => [`taffrail-${name}`, text]),
    ),
  };
}

/** For the sidecar of Grafana's chart: one a dashboard, since a ConfigMap holds a mebibyte at most. */
function dashboard({ name, text }) {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: {
      ...metadata(`taffrail-dashboard-${stem(name)}`, { grafana_dashboard: "1" }),
      annotations: { grafana_folder: "Taffrail" },
    },
    data: { [`taffrail-${name}`]: text },
  };
}

/** Every Service labelled `taffrail.dev/scrape: "true"` with a port called `ops`. */
function serviceMonitor() {
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "ServiceMonitor",
    metadata: metadata("taffrail-services"),
    spec: {
      namespaceSelector: { any: true },
      selector: { matchLabels: { "taffrail.dev/scrape": "true" } },
      sampleLimit: 20_000,
      labelLimit: 40,
      endpoints: [
        {
          port: "ops",
          path: "/metrics",
          interval: "15s",
          scrapeTimeout: "10s",
          relabelings: [
            relabeling("__meta_kubernetes_service_label_app_kubernetes_io_name", "service_name"),
            relabeling(
              "__meta_kubernetes_service_label_taffrail_dev_environment",
              "deployment_environment_name",
            ),
          ],
          metricRelabelings: [
            { action: "labeldrop", regex: "exported_(service_name|deployment_environment_name)" },
          ],
        },
      ],
    },
  };
}

function relabeling(source, target) {
  return { action: "replace", sourceLabels: [source], targetLabel: target };
}

function metadata(name, more = {}) {
  return { name, labels: { ...labels, ...more } };
}

function manifests(objects) {
  return head + objects.map((object) => `---\n${stringify(object, { lineWidth: 0 })}`).join("");
}

function filesIn(folder, ending) {
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => ({ name, text: readFileSync(`${folder}/${name}`, "utf8") }));
}

function stem(name) {
  return name.slice(0, name.lastIndexOf("."));
}
