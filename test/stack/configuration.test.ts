import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { composeFile } from "./compose.ts";
import { runTool, toolPath } from "./tools.ts";

const promtool = toolPath("promtool");
const amtool = toolPath("amtool");
const lokis = [toolPath("loki") ?? []].flat();
const alloys = [toolPath("alloy") ?? []].flat();
const composeTool = toolPath("docker-compose");

describe("each component's own checker accepts its configuration", () => {
  it.skipIf(!promtool)("promtool: prometheus.yaml", () => {
    const { code, output } = runTool(promtool ?? "", ["check", "config", "stack/prometheus/prometheus.yaml"]);
    expect(output).toContain("SUCCESS");
    expect(code).toBe(0);
  });

  it.skipIf(!amtool)("amtool: alertmanager.yaml", () => {
    const { code, output } = runTool(amtool ?? "", ["check-config", "stack/alertmanager/alertmanager.yaml"]);
    expect(output).toContain("SUCCESS");
    expect(code).toBe(0);
  });

  // No package of Debian's has Loki: where it is on the PATH, it checks too; `npm run test:stack` says when it is not.
  it.each(lokis)("loki: loki.yaml, by %s", (loki) => {
    const { code, output } = runTool(loki, ["-verify-config", "-config.file=stack/loki/loki.yaml"]);
    expect(output).not.toMatch(/failed|error/i);
    expect(code).toBe(0);
  });

  it.each(alloys)("alloy: its files, by themselves and with Docker's logs, by %s", (alloy) => {
    for (const name of ["config.alloy", "docker.alloy"])
      expect(runTool(alloy, ["fmt", "--test", `stack/alloy/${name}`])).toMatchObject({ code: 0 });
    for (const path of ["stack/alloy/config.alloy", "stack/alloy"])
      expect(runTool(alloy, ["validate", path])).toMatchObject({ code: 0 });
  });

  it.skipIf(!composeTool)("docker-compose: both files, and a refusal without a password", () => {
    const files = ["-f", "docker-compose.yml", "-f", "docker-compose.docker-logs.yml", "config", "--quiet"];
    const env = { GRAFANA_ADMIN_PASSWORD: "any" };
    expect(runTool(composeTool ?? "", ["-f", "docker-compose.yml", "config", "--quiet"], env)).toMatchObject({
      code: 0,
      output: "",
    });
    expect(runTool(composeTool ?? "", files, env)).toMatchObject({ code: 0, output: "" });
    const without = runTool(composeTool ?? "", files, { GRAFANA_ADMIN_PASSWORD: "" });
    expect(without.code).not.toBe(0);
    expect(without.output).toContain("see .env.example");
  });
});

describe.skipIf(!amtool)("alerts are routed", () => {
  it.each([
    ["alertname=Watchdog severity=none", "heartbeat"],
    ["alertname=LogWatchdog severity=none", "heartbeat"],
    ["alertname=DeliveryTest severity=none", "sink"],
    ["alertname=ServiceDown severity=page service_name=shop", "page"],
    ["alertname=SlowRoute severity=ticket service_name=shop", "ticket"],
    ["alertname=Whatever", "sink"],
  ])("%s to %s", (labels, receiver) => {
    const args = ["config", "routes", "test", "--config.file=stack/alertmanager/alertmanager.yaml"];
    const { stdout } = runTool(amtool ?? "", [...args, ...labels.split(" ")]);
    expect(stdout.trim()).toBe(receiver);
  });
});

describe("the parts agree with each other", () => {
  const { services } = composeFile("docker-compose.yml");

  it("Prometheus scrapes every service of the stack, by the names compose gives", () => {
    const text = readFileSync("stack/prometheus/prometheus.yaml", "utf8");
    const targets = readFileSync("stack/prometheus/targets/services.yml", "utf8");
    const quiet = ["traffic", "taffrail"];
    for (const name of Object.keys(services).filter((service) => !quiet.includes(service))) {
      expect(`${text}${targets}`, name).toMatch(new RegExp(`\\b${name}[:\\]]|127.0.0.1:9090`));
    }
  });

  it("Grafana's data sources have the uids that dashboards name, and lead to the stack", () => {
    const { datasources } = yaml("stack/grafana/provisioning/datasources/datasources.yaml") as {
      datasources: { uid: string; url: string; editable: boolean }[];
    };
    expect(datasources.map(({ uid }) => uid).sort()).toEqual(["alertmanager", "loki", "prometheus", "tempo"]);
    for (const { uid, url, editable } of datasources) {
      expect(new URL(url).hostname).toBe(uid);
      expect(editable).toBe(false);
    }
  });

  it("Grafana writes traces' links with the variable doubled, since provisioning expands it", () => {
    const text = readFileSync("stack/grafana/provisioning/datasources/datasources.yaml", "utf8");
    expect(text.match(/(?<!\$)\$\{/g)).toBeNull();
  });

  it("the sink waits for the heartbeats that Alertmanager routes to it", () => {
    const expected = services["alert-sink"]?.environment?.["SINK_HEARTBEATS"]?.split(",") ?? [];
    const route = readFileSync("stack/alertmanager/alertmanager.yaml", "utf8");
    expect(route).toContain(`alertname=~"${expected.join("|")}"`);
  });
});

function yaml(path: string): unknown {
  return parse(readFileSync(path, "utf8"));
}
