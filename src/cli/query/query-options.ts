import { type Expression, LogqlError, parse } from "../../logql/index.ts";
import { parseDurationMs, parseLabelText } from "../../rules/index.ts";
import { type CommandArguments, usageError } from "../command.ts";

/** What `taffrail query` was asked for, checked. */
export interface QueryRequest {
  readonly text: string;
  readonly expression: Expression;
  readonly files: readonly string[];
  readonly startMs: number | undefined;
  readonly endMs: number | undefined;
  /** Undefined evaluates a metric query once, at the end. */
  readonly stepMs: number | undefined;
  readonly limit: number;
  readonly newest: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly format: "text" | "json" | "raw";
  readonly quiet: boolean;
}

/** Check the arguments of `taffrail query`. @throws TaffrailError that names what is wrong and what is allowed. */
export function queryRequest(args: CommandArguments): QueryRequest {
  const [given, ...files] = args.positionals;
  if (given === undefined) throw usageError("query needs a LogQL expression");
  const text = completed(given);
  const since = duration(args, "since");
  const start = time(args, "start");
  if (since !== undefined && start !== undefined) throw usageError("--since and --start exclude each other");
  if (args.flag("json") && args.flag("raw")) throw usageError("--json and --raw exclude each other");
  const startMs = since === undefined ? start : Date.now() - since;
  const endMs = time(args, "end");
  if (startMs !== undefined && endMs !== undefined && startMs > endMs)
    throw usageError(`--end ${args.text("end")} lies before ${since === undefined ? "--start" : "--since"}`);
  const expression = parsed(text);
  const stepMs = duration(args, "step");
  if (stepMs === 0) throw usageError("--step must be more than 0");
  if (stepMs !== undefined && expression.kind === "log") throw usageError("--step is for metric queries");
  return {
    text,
    expression,
    files,
    startMs,
    endMs,
    stepMs,
    limit: limit(args),
    newest: args.flag("newest"),
    labels: labels(args.text("labels")),
    format: args.flag("json") ? "json" : args.flag("raw") ? "raw" : "text",
    quiet: args.flag("quiet"),
  };
}

// A pipeline alone is one over every stream.
function completed(text: string): string {
  return /^\s*(?:\||!=|!~|!>)/.test(text) ? `{service_name=~".+"} ${text.trim()}` : text;
}

function parsed(text: string): Expression {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof LogqlError)) throw error;
    const { position } = error;
    const line = position ? (text.split("\n")[position.line - 1] ?? "") : "";
    const mark = position ? `\n  ${line}\n  ${" ".repeat(Math.max(0, position.column - 1))}^` : "";
    throw usageError(error.message + mark, error);
  }
}

function duration(args: CommandArguments, name: string): number | undefined {
  const text = args.text(name);
  if (text === undefined) return undefined;
  const ms = parseDurationMs(text);
  if (ms === undefined)
    throw usageError(`--${name} ${text}: expected a duration such as 30s, 15m, 1h30m or 7d`);
  return ms;
}

function time(args: CommandArguments, name: string): number | undefined {
  const text = args.text(name);
  if (text === undefined) return undefined;
  if (/^\d+(?:\.\d+)?$/.test(text)) return Math.round(Number(text) * 1000);
  const ms = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) {
    throw usageError(
      `--${name} ${text}: expected a time such as 2026-11-22T10:00:00Z, or seconds since 1970`,
    );
  }
  return ms;
}

function limit(args: CommandArguments): number {
  const text = args.text("limit");
  if (text === undefined) return args.flag("newest") ? 100 : Infinity;
  if (!/^[1-9]\d*$/.test(text)) throw usageError(`--limit ${text}: expected a whole number above 0`);
  return Number(text);
}

function labels(text: string | undefined): Readonly<Record<string, string>> {
  if (text === undefined) return {};
  if (text.startsWith("{")) {
    const found = parseLabelText(text);
    if (typeof found === "string") throw usageError(`--labels ${found}`);
    return found;
  }
  const pairs = text.split(",").map((pair) => /^\s*([A-Za-z_]\w*)=(.+?)\s*$/.exec(pair));
  if (pairs.includes(null))
    throw usageError(`--labels ${text}: expected NAME=VALUE, several joined by commas`);
  return Object.fromEntries(pairs.map((pair) => [pair?.[1] ?? "", pair?.[2] ?? ""]));
}
