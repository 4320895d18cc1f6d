import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Child } from "../../support/child.ts";
import { freePort } from "../../support/free-port.ts";
import { collect } from "./collector.ts";
import { type Running, start } from "./process.ts";
import { programs } from "./programs.ts";

/** The stack's own configuration, run as processes of this machine. */
export interface LiveStack {
  readonly urls: Readonly<Record<"loki" | "prometheus" | "alertmanager" | "sink" | "shop", string>>;
  readonly logs: string;
  readonly sink: Child;
  readonly alertmanager: Running;
  stop(): Promise<void>;
}

/** Start Loki, Prometheus, Alertmanager, the sink and a shop, as docker-compose.yml does; only places differ. */
export async function startStack(): Promise<LiveStack> {
  const dir = mkdtempSync(join(tmpdir(), "stack-"));
  const logs = join(dir, "logs");
  mkdirSync(logs);
  const names = [
    "loki",
    "lokiGrpc",
    "prometheus",
    "alertmanager",
    "sink",
    "sinkOps",
    "shop",
    "shopOps",
  ] as const;
  const ports = Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await freePort()] as const)),
  );
  const url = (name: (typeof names)[number]): string => `http://127.0.0.1:${ports[name]}`;
  const placed = (path: string, ...more: readonly (readonly [string, string])[]): string => {
    const places = [
      ["http://alertmanager:9093", url("alertmanager")],
      ["[alertmanager:9093]", `["127.0.0.1:${ports["alertmanager"]}"]`],
      ["http://alert-sink:3000", url("sink")],
      ["http://prometheus:9090", url("prometheus")],
      ["shop:9464", `127.0.0.1:${ports["shopOps"]}`],
      ["alert-sink:9464", `127.0.0.1:${ports["sinkOps"]}`],
      ...more,
    ] as const;
    const text = places.reduce(
      (before, [from, to]) => before.replaceAll(from, to),
      readFileSync(path, "utf8"),
    );
    const target = join(dir, path.replaceAll("/", "_"));
    writeFileSync(target, text);
    return target;
  };

  const sink = service("alert-sink", logs, ports["sink"], ports["sinkOps"], {
    SINK_HEARTBEATS: "LogWatchdog",
    SINK_HEARTBEAT_TIMEOUT_MS: "240000",
  });
  await sink.line(({ msg }) => msg === "listening");
  const shop = service("shop", logs, ports["shop"], ports["shopOps"], { PAYMENTS_URL: "http://127.0.0.1:9" });
  await shop.line(({ msg }) => msg === "listening");

  const alertmanager = await start({
    program: programs.alertmanager ?? "",
    args: [
      `--config.file=${placed("stack/alertmanager/alertmanager.yaml")}`,
      `--storage.path=${join(dir, "alertmanager")}`,
      "--cluster.listen-address=",
      `--web.listen-address=127.0.0.1:${ports["alertmanager"]}`,
    ],
    readyUrl: `${url("alertmanager")}/-/ready`,
    log: join(dir, "alertmanager.txt"),
  });
  cpSync("dashboards/alerts", join(dir, "rules"), { recursive: true });
  const targets = placed("stack/prometheus/targets/services.yml", [
    "payments:9464",
    `127.0.0.1:${ports["shopOps"]}`,
  ]);
  const prometheus = await start({
    program: programs.prometheus ?? "",
    args: [
      `--config.file=${placed(
        "stack/prometheus/prometheus.yaml",
        ["/etc/prometheus/targets/*.yml", targets],
        ["/etc/prometheus/rules", join(dir, "rules/prometheus")],
        ["127.0.0.1:9090", `127.0.0.1:${ports["prometheus"]}`],
        ["[loki:3100]", `["127.0.0.1:${ports["loki"]}"]`],
        // Not run here.
        ["[alloy:12345]", "[]"],
        ["[grafana:3000]", "[]"],
      )}`,
      `--storage.tsdb.path=${join(dir, "prometheus")}`,
      "--web.enable-remote-write-receiver",
      "--enable-feature=exemplar-storage",
      `--web.listen-address=127.0.0.1:${ports["prometheus"]}`,
    ],
    readyUrl: `${url("prometheus")}/-/ready`,
    log: join(dir, "prometheus.txt"),
  });
  // "fake" is the tenant's name where there are no tenants.
  cpSync("dashboards/alerts/loki", join(dir, "ruler/fake"), { recursive: true });
  const loki = await start({
    program: programs.loki ?? "",
    args: [
      `-config.file=${placed(
        "stack/loki/loki.yaml",
        [": /etc/loki/rules", `: ${join(dir, "ruler")}`],
        [": /loki", `: ${join(dir, "loki")}`],
        ["http_listen_port: 3100", `http_listen_port: ${ports["loki"]}\n  http_listen_address: 127.0.0.1`],
        ["grpc_listen_port: 9095", `grpc_listen_port: ${ports["lokiGrpc"]}`],
      )}`,
    ],
    readyUrl: `${url("loki")}/ready`,
    log: join(dir, "loki.txt"),
  });
  const ended = new AbortController();
  const collected = collect(logs, url("loki"), ended.signal);
  collected.catch(() => undefined); // Awaited at the end.
  return {
    urls: {
      loki: url("loki"),
      prometheus: url("prometheus"),
      alertmanager: url("alertmanager"),
      sink: url("sink"),
      shop: url("shop"),
    },
    logs,
    sink,
    alertmanager,
    async stop() {
      ended.abort();
      for (const child of [shop, sink]) child.kill("SIGTERM");
      await Promise.all([loki.stop(), prometheus.stop(), alertmanager.stop(), shop.ended, sink.ended]);
      await collected;
    },
  };
}

function service(
  name: string,
  logs: string,
  port = 0,
  opsPort = 0,
  env: Readonly<Record<string, string>> = {},
): Child {
  return new Child(
    "main.js",
    {
      OTEL_SERVICE_NAME: name,
      OTEL_RESOURCE_ATTRIBUTES: "service.version=1.4.0,deployment.environment.name=demo",
      LOG_STDOUT: "true",
      LOG_FILE: join(logs, `${name}.log`),
      PORT: String(port),
      TAFFRAIL_OPS_PORT: String(opsPort),
      DEMO_SEED: "7",
      ...env,
    },
    { folder: `build/demo/${name}` },
  );
}
