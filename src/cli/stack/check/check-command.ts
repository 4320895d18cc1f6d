import {
  type Command,
  type CommandArguments,
  type ExitCode,
  type Terminal,
  usageError,
} from "../../command.ts";
import { filesOf } from "../../files.ts";
import { type StackUrls, stackUrls, urlOptions } from "../stack-options.ts";
import { heartbeatLook } from "./alertmanager-looks.ts";
import { checkText } from "./check-text.ts";
import { expectedDashboards, expectedRules } from "./expected.ts";
import type { Finding, Look } from "./finding.ts";
import { grafanaLooks } from "./grafana-looks.ts";
import { arrivingLook, labelLook } from "./loki-looks.ts";
import { alertmanagerKnownLook, targetLook } from "./prometheus-looks.ts";
import { ruleLook } from "./rule-looks.ts";

/** `taffrail check`: whether a running stack is whole. */
export const checkCommand: Command = {
  name: "check",
  summary: "Look whether a running stack is whole: targets, rules, lines, labels, heartbeats, dashboards.",
  usage: "[SERVICE…] [options]",
  options: {
    ...urlOptions(["loki", "prometheus", "alertmanager", "grafana"]),
    user: { type: "string", value: "NAME", description: "Grafana's user; admin unless said." },
    rules: {
      type: "string",
      multiple: true,
      value: "FILES",
      description:
        "Rule files whose every rule must be loaded, by the engine that their folder is called after. May be repeated.",
    },
    dashboards: {
      type: "string",
      multiple: true,
      value: "FILES",
      description: "Dashboards that Grafana must have. May be repeated.",
    },
    "no-grafana": { type: "boolean", description: "Leave Grafana out." },
    json: { type: "boolean", description: "Print the findings as JSON." },
  },
  notes: [
    "SERVICE is a service whose lines must have arrived in the last quarter of an hour; with none, lines of any do.",
    "Grafana's password is read from the environment: GRAFANA_ADMIN_PASSWORD.",
  ],
  examples: [
    [
      "docker compose run --rm taffrail check shop payments",
      "Within the stack, where all parts can be reached.",
    ],
    [
      "taffrail check --no-grafana --rules 'dashboards/alerts/*/*.yml'",
      "Each of these rules must be loaded and healthy.",
    ],
  ],
  run: check,
};

async function check(args: CommandArguments, { stdout }: Terminal): Promise<ExitCode> {
  const findings = await Promise.all(looks(args, stackUrls(args, process.env)).map(finding));
  stdout.write(args.flag("json") ? `${JSON.stringify({ findings }, null, 2)}\n` : checkText(findings));
  return findings.some(({ state }) => state === "failed") ? 1 : 0;
}

function looks(args: CommandArguments, urls: StackUrls): readonly Look[] {
  const rules = expectedRules(filesOf(args.texts("rules")));
  const { GRAFANA_ADMIN_PASSWORD: password } = process.env;
  const service = args.positionals.find((name) => !/^[\w.-]+$/.test(name));
  if (service !== undefined) throw usageError(`${JSON.stringify(service)} is not the name of a service`);
  return [
    targetLook(urls.prometheus),
    ruleLook({ part: "Prometheus", url: urls.prometheus, path: "/api/v1/rules", expected: rules.prometheus }),
    alertmanagerKnownLook(urls.prometheus),
    arrivingLook(urls.loki, args.positionals),
    labelLook(urls.loki),
    ruleLook({ part: "Loki", url: urls.loki, path: "/prometheus/api/v1/rules", expected: rules.loki }),
    heartbeatLook(urls.alertmanager, ["Watchdog", "LogWatchdog"]),
    ...(args.flag("no-grafana")
      ? []
      : grafanaLooks({
          url: urls.grafana,
          password,
          user: args.text("user") ?? "admin",
          dashboards: expectedDashboards(filesOf(args.texts("dashboards"))),
        })),
  ];
}

async function finding({ part, what, run }: Look): Promise<Finding> {
  try {
    const { detail, problems = [], skipped = false } = await run();
    if (problems.length > 0) return { part, what, state: "failed", detail: problems.join("; ") };
    return { part, what, state: skipped ? "skipped" : "ok", detail };
  } catch (error) {
    // What did not answer is what was looked for.
    return { part, what, state: "failed", detail: error instanceof Error ? error.message : String(error) };
  }
}
