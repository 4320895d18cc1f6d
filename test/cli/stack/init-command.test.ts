import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { composeFile } from "../../stack/compose.ts";
import { brokenBy } from "../../stack/compose-policy.ts";
import { runTool, toolPath } from "../../stack/tools.ts";
import { cli, edit, folder } from "../../support/cli.ts";

const promtool = toolPath("promtool");
const amtool = toolPath("amtool");
const composeTool = toolPath("docker-compose");

function init(cwd: string, ...args: readonly string[]): ReturnType<typeof cli> {
  return cli(["init", ...args], { cwd });
}

describe("taffrail init", () => {
  it("writes a stack without the demo, hardened as ours, that only the user's services are scraped by", () => {
    const cwd = folder();
    const { code, stdout } = init(cwd, "shop", "billing=bill.internal:9999", "--environment", "staging");
    expect(code, stdout).toBe(0);
    expect(stdout).toContain("LOG_FILE=/var/log/services/shop.log");
    const compose = composeFile(join(cwd, "observability/docker-compose.yml"));
    expect(Object.keys(compose.services).sort()).toEqual([
      "alertmanager",
      "alloy",
      "grafana",
      "loki",
      "prometheus",
      "tempo",
    ]);
    for (const [name, service] of Object.entries(compose.services))
      expect(brokenBy(service, name), name).toEqual([]);
    expect(compose.services["alloy"]?.environment).toEqual({ DEPLOYMENT_ENVIRONMENT_NAME: "staging" });
    const mounts = Object.values(compose.services).flatMap(({ volumes = [] }) =>
      volumes.map((one) => one.split(":")[0] ?? ""),
    );
    for (const source of mounts.filter((one) => one.startsWith("./stack"))) {
      expect(existsSync(join(cwd, "observability", source)), source).toBe(true);
    }
    expect(readFileSync(join(cwd, "observability/stack/prometheus/targets/services.yml"), "utf8")).toBe(
      [
        "# One entry a service: where its operations server is, and the names that its log lines carry too.",
        '- targets: ["shop:9464"]',
        "  labels:",
        "    service_name: shop",
        "    deployment_environment_name: staging",
        '- targets: ["bill.internal:9999"]',
        "  labels:",
        "    service_name: billing",
        "    deployment_environment_name: staging",
        "",
      ].join("\n"),
    );
    expect(
      readFileSync(join(cwd, "observability/stack/alertmanager/alertmanager.yaml"), "utf8"),
    ).not.toContain("alert-sink");
  });

  it("changes nothing the second time, and says so", () => {
    const cwd = folder();
    init(cwd, "shop");
    const again = init(cwd, "shop");
    expect(again).toMatchObject({ code: 0, stderr: "" });
    expect(again.stdout).toMatch(/^0 new, 0 changed, \d+ unchanged\n$/);
  });

  it("shows what differs, and overwrites it only when told to", () => {
    const cwd = folder();
    init(cwd, "shop");
    const path = join(cwd, "observability/stack/loki/loki.yaml");
    edit(path, "retention_period: 168h", "retention_period: 720h");
    const refused = init(cwd, "shop");
    expect(refused.code).toBe(1);
    expect(refused.stdout).toContain("-  retention_period: 720h\n+  retention_period: 168h\n");
    expect(refused.stdout).toContain("1 differ and were left as they are: --yes overwrites them");
    expect(readFileSync(path, "utf8")).toContain("720h");
    expect(init(cwd, "shop", "--dry-run")).toMatchObject({ code: 0 });
    expect(readFileSync(path, "utf8")).toContain("720h");
    expect(init(cwd, "shop", "--yes")).toMatchObject({ code: 0 });
    expect(readFileSync(path, "utf8")).not.toContain("720h");
  });

  it("writes nothing in a dry run", () => {
    const cwd = folder();
    expect(init(cwd, "shop", "--dry-run").stdout).toMatch(
      /\d+ would be new, 0 would be changed, 0 unchanged\n$/,
    );
    expect(existsSync(join(cwd, "observability"))).toBe(false);
  });

  it("refuses what is no service, and says what is", () => {
    const cwd = folder();
    expect(init(cwd)).toMatchObject({ code: 2 });
    expect(init(cwd, "my service").stderr).toContain(
      '"my service" is no service: expected NAME or NAME=HOST:PORT',
    );
    writeFileSync(join(cwd, "observability"), "a file");
    expect(init(cwd, "shop")).toMatchObject({ code: 2 });
  });

  it.skipIf(!promtool || !amtool || !composeTool)("writes what each component's checker accepts", () => {
    const cwd = folder();
    init(cwd, "shop");
    const dir = join(cwd, "observability");
    const env = { GRAFANA_ADMIN_PASSWORD: "any" };
    expect(
      runTool(composeTool ?? "", ["-f", join(dir, "docker-compose.yml"), "config", "-q"], env),
    ).toMatchObject({ code: 0 });
    expect(
      runTool(promtool ?? "", ["check", "config", join(dir, "stack/prometheus/prometheus.yaml")]),
    ).toMatchObject({ code: 0 });
    expect(
      runTool(amtool ?? "", ["check-config", join(dir, "stack/alertmanager/alertmanager.yaml")]),
    ).toMatchObject({ code: 0 });
  });
});
