import { parseDurationMs } from "../../rules/index.ts";
import { type CommandArguments, usageError } from "../command.ts";

/** What `taffrail dev` was asked for, checked. */
export interface DevOptions {
  /** The command to run, with its arguments; empty where there is none. */
  readonly command: readonly string[];
  /** Commands for a shell, each a service of its own. */
  readonly shellCommands: readonly string[];
  readonly files: readonly string[];
  readonly fromStart: boolean;
  readonly host: string;
  /** Undefined: the usual one, or a free one where that is taken. */
  readonly port: number | undefined;
  readonly allowedHosts: readonly string[];
  readonly opens: boolean;
  /** How far back the console's pages look when they open; undefined leaves it to them. */
  readonly range: string | undefined;
  readonly shippedRules: boolean;
  readonly rules: readonly string[];
  readonly dashboards: readonly string[];
  readonly alertmanagerUrl: string | undefined;
  /** Addresses of metrics. */
  readonly scrape: readonly string[];
  /** A Loki elsewhere, whose lines are shown in place of one's own. */
  readonly lokiUrl: string | undefined;
  /** A Prometheus elsewhere, beside it. */
  readonly prometheusUrl: string | undefined;
  /** Whether metrics are scraped at all. */
  readonly scrapes: boolean;
  readonly scrapeIntervalMs: number;
  readonly service: string | undefined;
  readonly memoryBytes: number;
  /** 0 keeps none. */
  readonly historyBytes: number;
  /** Where history is kept; undefined leaves it to the project's own folder. */
  readonly state: string | undefined;
  readonly output: "pretty" | "raw" | "none";
  readonly stays: boolean;
  readonly untilEnd: boolean;
}

const linesFrom: readonly string[] = ["run", "follow"];

/** Check the arguments of `taffrail dev`. @throws TaffrailError that names what is wrong and what is allowed. */
export function devOptions(args: CommandArguments): DevOptions {
  const command = args.positionals;
  const shellCommands = args.texts("run");
  if (command.length > 0 && shellCommands.length > 0)
    throw usageError("a command after -- and --run exclude each other; give each command by --run");
  if (command[0] === "") throw usageError("the command after -- is empty");
  if (shellCommands.some((text) => text.trim() === ""))
    throw usageError("--run is empty; expected a command such as 'node server.js'");
  if (args.text("loki") === undefined && args.text("prometheus") !== undefined)
    throw usageError("--prometheus goes with --loki; metrics of your own services are scraped (--scrape)");
  if (
    args.text("loki") !== undefined &&
    (command.length > 0 || linesFrom.some((name) => args.texts(name).length > 0))
  )
    throw usageError("--loki shows the lines of a Loki elsewhere; it takes no command, --run or --follow");
  if (args.flag("raw") && args.flag("quiet")) throw usageError("--raw and --quiet exclude each other");
  return {
    command,
    shellCommands,
    files: args.texts("follow"),
    fromStart: args.flag("from-start"),
    host: args.text("host") ?? "127.0.0.1",
    port: port(args.text("port")),
    allowedHosts: args.texts("allow-host"),
    opens: args.flag("open"),
    range: range(args.text("range")),
    shippedRules: !args.flag("no-rules"),
    rules: args.texts("rules"),
    dashboards: args.texts("dashboards"),
    alertmanagerUrl: address("--alertmanager", args.text("alertmanager"), "http://127.0.0.1:9093"),
    scrape: args
      .texts("scrape")
      .flatMap((url) => address("--scrape", url, "http://127.0.0.1:9464/metrics") ?? []),
    lokiUrl: address("--loki", args.text("loki"), "http://127.0.0.1:3100"),
    prometheusUrl: address("--prometheus", args.text("prometheus"), "http://127.0.0.1:9090"),
    scrapes: !args.flag("no-scrape"),
    scrapeIntervalMs: interval(args.text("scrape-interval") ?? "5s"),
    service: args.text("service"),
    memoryBytes: size("--memory", args.text("memory") ?? "256MB", 1024 * 1024),
    historyBytes: size("--history", args.text("history") ?? "64MB", 0),
    state: args.text("state"),
    output: args.flag("quiet") ? "none" : args.flag("raw") ? "raw" : "pretty",
    stays: args.flag("stay"),
    untilEnd: args.flag("until-eof"),
  };
}

function port(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw usageError(`--port ${text}: expected a port from 1 to 65535, or 0 for any that is free`);
  return Number(text);
}

function address(name: string, text: string | undefined, example: string): string | undefined {
  if (text === undefined) return undefined;
  if (!URL.canParse(text) || !/^https?:\/\//.test(text))
    throw usageError(`${name} ${text}: expected an address such as ${example}`);
  return text;
}

function range(text: string | undefined): string | undefined {
  if (text !== undefined && !/^[1-9]\d{0,4}[smhdw]$/.test(text))
    throw usageError(`--range ${text}: expected a number with s, m, h, d or w, such as 15m`);
  return text;
}

function interval(text: string): number {
  const ms = parseDurationMs(text);
  if (ms === undefined || ms < 1000 || ms > 300_000)
    throw usageError(`--scrape-interval ${text}: expected a duration from 1s to 5m, such as 15s`);
  return ms;
}

const units: Readonly<Record<string, number>> = { KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 };

function size(name: string, text: string, least: number): number {
  const [, digits, unit = ""] = /^(\d{1,6})(KB|MB|GB)?$/i.exec(text) ?? [];
  const bytes = Number(digits) * (units[unit.toUpperCase()] ?? 1);
  if (digits === undefined || (unit === "" && bytes !== 0) || bytes < least) {
    const allowed = least === 0 ? ", or 0 for none" : `, at least ${least / 1024 ** 2}MB`;
    throw usageError(`${name} ${text}: expected a size such as 64MB or 1GB${allowed}`);
  }
  return bytes;
}
