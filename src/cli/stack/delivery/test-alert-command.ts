import { randomUUID } from "node:crypto";
import {
  type Command,
  type CommandArguments,
  type ExitCode,
  type Terminal,
  usageError,
} from "../../command.ts";
import { stackUrls, urlOptions } from "../stack-options.ts";
import { hops } from "./hops.ts";
import { type Passed, travel } from "./travel.ts";

/** `taffrail test-alert`: whether an alert arrives. */
export const testAlertCommand: Command = {
  name: "test-alert",
  summary: "Send an alert through the whole chain, and say where it is at every hop.",
  usage: "[options]",
  options: {
    logs: {
      type: "string",
      value: "DIR",
      description:
        "Write the line to a file here, for the collector; SERVICE_LOGS, else it is pushed to Loki.",
    },
    ...urlOptions(["loki", "alertmanager", "sink"]),
    "no-sink": {
      type: "boolean",
      description: "Receivers of your own: look whether Alertmanager could notify them, not what arrived.",
    },
    environment: {
      type: "string",
      value: "NAME",
      description: "The deployment_environment_name of the line; test unless said.",
    },
    timeout: {
      type: "string",
      value: "SECONDS",
      description: "How long all of it may take; 180 unless said.",
    },
    json: { type: "boolean", description: "Print the hops as JSON." },
  },
  notes: [
    "The rule that it fires is DeliveryTest, in dashboards/alerts/loki/delivery.yml; it ends by itself.",
  ],
  examples: [
    [
      "docker compose run --rm taffrail test-alert",
      "Through the collector, Loki, its ruler, Alertmanager and the sink.",
    ],
    [
      "taffrail test-alert --loki http://127.0.0.1:3100 --no-sink",
      "Past the collector, to receivers of your own.",
    ],
  ],
  run: testAlert,
};

async function testAlert(args: CommandArguments, { stdout }: Terminal): Promise<ExitCode> {
  if (args.positionals.length > 0)
    throw usageError(`test-alert takes no ${JSON.stringify(args.positionals[0])}`);
  const chain = hops({
    urls: stackUrls(args, process.env),
    logs: args.text("logs") ?? (process.env["SERVICE_LOGS"] || undefined),
    askSink: !args.flag("no-sink"),
    environment: args.text("environment") ?? "test",
    id: randomUUID(),
  });
  const isJson = args.flag("json");
  const onHop = (hop: Passed): void => void (isJson || stdout.write(hopText(hop)));
  const passed = await travel(chain, { timeoutMs: timeoutMs(args.text("timeout")), onHop });
  const isDelivered = passed.every(({ state }) => state === "ok");
  if (isJson) stdout.write(`${JSON.stringify({ delivered: isDelivered, hops: passed }, null, 2)}\n`);
  else stdout.write(isDelivered ? `\ndelivered in ${seconds(passed.at(-1))}\n` : "\nnot delivered\n");
  return isDelivered ? 0 : 1;
}

function timeoutMs(text = "180"): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 3600) return value * 1000;
  throw usageError(`--timeout ${text}: expected a whole number of seconds from 1 to 3600`);
}

const words = { ok: "ok         ", failed: "FAILED     ", "not reached": "not reached" };

function hopText(hop: Passed): string {
  return `${words[hop.state]}  ${seconds(hop).padStart(8)}  ${hop.what}${hop.detail === "" ? "" : `: ${hop.detail}`}\n`;
}

function seconds(hop: Passed | undefined): string {
  return hop?.afterMs === undefined ? "" : `${(hop.afterMs / 1000).toFixed(1)} s`;
}
