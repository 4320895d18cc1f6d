import { readdirSync, readFileSync } from "node:fs";
import { PrometheusRule } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule";
import { ServiceMonitor } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor";
import { ConfigMap } from "kubernetes-models/v1/ConfigMap";
import { describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
  readonly data?: Readonly<Record<string, string>>;
  readonly spec?: { readonly groups?: readonly unknown[] };
}

/** The models check themselves against the schemas that Kubernetes and the operator publish. */
const models: Readonly<Record<string, new (data: never) => { validate(): void }>> = {
  PrometheusRule,
  ServiceMonitor,
  ConfigMap,
};
const files = ["prometheus-rules.yaml", "service-monitor.yaml", "loki-rules.yaml", "dashboards.yaml"];

describe("deploy/kubernetes", () => {
  it.each(files)("%s meets the published schemas", (file) => {
    const found = manifests(file);
    for (const manifest of found) {
      const Model = models[manifest.kind];
      if (Model === undefined) throw new Error(`no model of ${manifest.kind}`);
      // What a file holds is what is to be checked.
      expect(() => new Model(manifest as never).validate(), manifest.metadata.name).not.toThrow();
      expect(manifest.metadata.name).toMatch(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
      expect(JSON.stringify(manifest.data ?? {}).length).toBeLessThan(1_000_000);
    }
  });

  it("is refused by those schemas when it is wrong", () => {
    const wrong = { metadata: { name: "x" }, spec: { groups: [{ name: "g", rules: [{ alert: "A" }] }] } };
    expect(() => new PrometheusRule(wrong as never).validate()).toThrow(/expr/);
    const monitor = { metadata: { name: "x" }, spec: { endpoints: [{ port: 7 }], selector: {} } };
    expect(() => new ServiceMonitor(monitor as never).validate()).toThrow(/port/);
  });

  it("holds every rule and every dashboard there is", () => {
    const rules = manifests("prometheus-rules.yaml").flatMap(({ spec }) => spec?.groups ?? []);
    expect(rules).toEqual(
      yml("dashboards/alerts/prometheus").flatMap(
        (path) => (parse(readFileSync(path, "utf8")) as { groups: unknown[] }).groups,
      ),
    );
    const [logs] = manifests("loki-rules.yaml");
    expect(Object.values(logs?.data ?? {})).toEqual(
      yml("dashboards/alerts/loki").map((path) => readFileSync(path, "utf8")),
    );
    expect(logs?.metadata.labels["loki_rule"]).toBe("1");
    const boards = readdirSync("dashboards/grafana").filter((name) => name.endsWith(".json"));
    expect(manifests("dashboards.yaml")).toHaveLength(boards.length);
  });

  it("names each file in its kustomization, and the mode of Loki's chart that has one", () => {
    const { resources } = parse(readFileSync("deploy/kubernetes/kustomization.yaml", "utf8")) as {
      resources: string[];
    };
    expect(resources.sort()).toEqual([...files].sort());
    const values = parse(readFileSync("deploy/kubernetes/loki-values.yaml", "utf8")) as {
      deploymentMode: string;
      loki: { commonConfig: { replication_factor: number } };
      ingester: { replicas: number };
    };
    expect(["Monolithic", "Distributed"]).toContain(values.deploymentMode);
    expect(values.ingester.replicas).toBeGreaterThanOrEqual(values.loki.commonConfig.replication_factor);
  });
});

function manifests(file: string): Manifest[] {
  const documents = parseAllDocuments(readFileSync(`deploy/kubernetes/${file}`, "utf8"));
  return documents
    .map((document) => document.toJS() as Manifest | null)
    .filter((manifest) => manifest !== null);
}

function yml(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".yml"))
    .sort()
    .map((name) => `${folder}/${name}`);
}
