import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type ComposeService, composeFile } from "./compose.ts";
import { brokenBy, policy } from "./compose-policy.ts";

const compose = composeFile("docker-compose.yml");
const services = Object.entries(compose.services);

describe("every service of docker-compose.yml", () => {
  it.each(Object.entries(policy))("%s", (_rule, keeps) => {
    expect(services.filter(([name, service]) => !keeps(service, name)).map(([name]) => name)).toEqual([]);
  });

  it("is what the policy would refuse, had it one of these", () => {
    const [name, service] = services.find(([known]) => known === "loki") ?? ["", {}];
    const bad: readonly ComposeService[] = [
      { image: "grafana/loki:latest" },
      { image: "grafana/loki:3.7.8" },
      { user: "0:0" },
      { read_only: false },
      { cap_drop: [] },
      { cap_add: ["NET_ADMIN"] },
      { privileged: true },
      { network_mode: "host" },
      { mem_limit: "" },
      { logging: { driver: "json-file", options: {} } },
      { healthcheck: { disable: true } },
      { restart: "no" },
      { volumes: ["/var/run/docker.sock:/var/run/docker.sock:ro"] },
      { volumes: ["./stack/loki:/etc/loki"] },
      { ports: ["3100:3100"] },
      { networks: ["telemetry", "outside"] },
      { tmpfs: ["/tmp"] },
    ];
    expect(brokenBy(service, name)).toEqual([]);
    for (const change of bad)
      expect(brokenBy({ ...service, ...change }, name), JSON.stringify(change)).not.toEqual([]);
  });
});

describe("docker-compose.yml", () => {
  it("starts every service after what it needs, and only when that is healthy", () => {
    for (const [name, { depends_on = {} }] of services) {
      for (const [other, { condition }] of Object.entries(depends_on)) {
        expect(condition, `${name} on ${other}`).toBe("service_healthy");
        expect(compose.services[other]?.profiles ?? [], `${name} on ${other}`).toEqual([]);
      }
    }
  });

  it("mounts only what is there, and declares each volume and network it names", () => {
    for (const [name, { volumes = [], networks = [] }] of services) {
      for (const [source = ""] of volumes.map((volume) => volume.split(":"))) {
        if (source.startsWith("./")) expect(existsSync(source), `${name}: ${source}`).toBe(true);
        else expect(Object.keys(compose.volumes), `${name}: ${source}`).toContain(source);
      }
      for (const network of networks) expect(Object.keys(compose.networks), name).toContain(network);
    }
    expect(compose.networks["telemetry"]?.internal).toBe(true);
  });

  it("asks for Grafana's password, and holds none", () => {
    const password = compose.services["grafana"]?.environment?.["GF_SECURITY_ADMIN_PASSWORD"];
    expect(password).toMatch(/^\$\{GRAFANA_ADMIN_PASSWORD:\?.+\}$/);
    expect(readFileSync(".env.example", "utf8")).toMatch(/^GRAFANA_ADMIN_PASSWORD=$/m);
    expect(compose.services["grafana"]?.environment?.["GF_AUTH_ANONYMOUS_ENABLED"]).toBe("false");
  });

  it("lets services write log files and the collector only read them", () => {
    const mounts = services.flatMap(([name, { volumes = [] }]) =>
      volumes.filter((volume) => volume.startsWith("service-logs:")).map((volume) => [name, volume] as const),
    );
    expect(mounts.filter(([name]) => name === "alloy")).toEqual([
      ["alloy", "service-logs:/var/log/services:ro"],
    ]);
    for (const [name, { environment = {}, volumes = [] }] of services) {
      const { LOG_FILE: file, LOG_STDOUT: stdout, LOG_FILE_MAX_BYTES: maxBytes } = environment;
      if (file === undefined) continue;
      expect(file, name).toMatch(/^\/var\/log\/services\/[a-z-]+\.log$/);
      expect(volumes, name).toContain("service-logs:/var/log/services");
      expect([stdout, Number(maxBytes) > 0], name).toEqual(["true", true]);
    }
  });

  it("builds on the image that the Dockerfile names", () => {
    const [, image] = /^ARG NODE_IMAGE=(\S+)$/m.exec(readFileSync("Dockerfile", "utf8")) ?? [];
    expect(compose.services["shop"]?.build?.args?.["NODE_IMAGE"]).toBe(`\${NODE_IMAGE:-${image}}`);
  });
});

describe("docker-compose.docker-logs.yml", () => {
  const override = composeFile("docker-compose.docker-logs.yml");

  it("changes the collector alone: root that can read, and nothing else", () => {
    const { alloy, ...others } = override.services;
    expect(others).toEqual({});
    expect(Object.keys(alloy ?? {}).sort()).toEqual(["cap_add", "user", "volumes"]);
    expect(brokenBy({ ...compose.services["alloy"], ...alloy }, "alloy")).toEqual([
      "is not root",
      "has no capability",
    ]);
    expect(alloy?.cap_add).toEqual(["DAC_READ_SEARCH"]);
  });
});

describe("what Loki and Prometheus load", () => {
  it.each(["loki", "prometheus"])(
    "dashboards/alerts/%s holds rule files; their tests lie in tests/",
    (engine) => {
      // Loki's ruler reads every file of the folder, and one that is no rule file stops all its rules.
      const files = readdirSync(`dashboards/alerts/${engine}`, { withFileTypes: true });
      const strange = files.filter((entry) => entry.isFile() && !/^[a-z0-9-]+\.yml$/.test(entry.name));
      expect(strange.map(({ name }) => name)).toEqual([]);
      expect(files.filter((entry) => entry.isDirectory()).map(({ name }) => name)).toEqual(["tests"]);
    },
  );
});
