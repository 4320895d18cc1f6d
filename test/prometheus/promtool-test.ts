import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { LabelSet } from "../../src/logql/parts.ts";
import { promqlQuery } from "../../src/prometheus/rules/promql-query.ts";
import { RuleWriter } from "../../src/prometheus/rules/rule-writer.ts";
import { createPromqlEngine, SeriesStore } from "../../src/promql/index.ts";
import { expandGlob, parseDurationMs, parseLabelText, parseRuleFile, Ruler } from "../../src/rules/index.ts";

interface PromtoolTest {
  readonly interval?: string;
  readonly input_series?: readonly { readonly series: string; readonly values: string }[];
  readonly alert_rule_test?: readonly {
    readonly eval_time: string;
    readonly alertname: string;
    readonly exp_alerts?: readonly {
      readonly exp_labels?: Readonly<Record<string, string>>;
      readonly exp_annotations?: Readonly<Record<string, string>>;
    }[];
  }[];
  readonly promql_expr_test?: readonly {
    readonly expr: string;
    readonly eval_time: string;
    readonly exp_samples?: readonly { readonly labels: string; readonly value: number }[];
  }[];
}

interface PromtoolFile {
  readonly rule_files: readonly string[];
  readonly evaluation_interval?: string;
  readonly tests: readonly PromtoolTest[];
}

/** Run a file of promtool's unit tests by this engine: a line for each case that does not hold. */
export function runPromtoolFile(path: string): string[] {
  const file = parse(readFileSync(path, "utf8")) as PromtoolFile;
  const files = file.rule_files
    .flatMap((pattern) => expandGlob(join(dirname(path), pattern)))
    .map((rules) => parseRuleFile(readFileSync(rules, "utf8"), rules).file);
  const intervalMs = ms(file.evaluation_interval ?? "1m");
  return file.tests.flatMap((test) => runTest(test, { files, intervalMs }));
}

function runTest(
  test: PromtoolTest,
  {
    files,
    intervalMs,
  }: { readonly files: ConstructorParameters<typeof Ruler>[0]["files"]; readonly intervalMs: number },
): string[] {
  const store = storeOf(test);
  const engine = createPromqlEngine(store);
  const query = promqlQuery(engine);
  const writer = new RuleWriter(store);
  const ruler = new Ruler({
    query,
    files,
    intervalMs,
    externalUrl: "",
    onEvaluated: (state, nowMs) => writer.write(state, nowMs),
  });
  const alerts = (test.alert_rule_test ?? []).map((each) => ({
    atMs: ms(each.eval_time),
    check: () => {
      const got = ruler
        .active()
        .filter(({ state, labels }) => state === "firing" && labels["alertname"] === each.alertname)
        .map(({ labels, annotations }) => ({ labels, annotations }));
      const wanted = (each.exp_alerts ?? []).map(({ exp_labels = {}, exp_annotations = {} }) => ({
        labels: { ...exp_labels, alertname: each.alertname },
        annotations: exp_annotations,
      }));
      return difference(`${each.alertname} at ${each.eval_time}`, wanted.map(sorted), got.map(sorted));
    },
  }));
  const expressions = (test.promql_expr_test ?? []).map((each) => ({
    atMs: ms(each.eval_time),
    check: () => {
      const got = query(each.expr, ms(each.eval_time));
      const wanted = (each.exp_samples ?? []).map(({ labels, value }) => ({
        labels: parseLabelText(labels),
        value,
      }));
      return difference(each.expr, wanted.map(sorted), got.map(sorted));
    },
  }));
  const cases = [...alerts, ...expressions].toSorted((a, b) => a.atMs - b.atMs);
  let nowMs = 0;
  return cases.flatMap(({ atMs, check }) => {
    for (; nowMs <= atMs; nowMs += intervalMs) ruler.advance(nowMs);
    return check();
  });
}

function storeOf({ interval = "1m", input_series = [] }: PromtoolTest): SeriesStore {
  const store = new SeriesStore();
  for (const { series, values } of input_series) {
    const labels = parseLabelText(series);
    if (typeof labels === "string") throw new Error(labels);
    const set = LabelSet.from(Object.entries(labels));
    expanded(values).forEach((value, i) => {
      if (value === "stale") store.appendStale(set, i * ms(interval));
      else if (value !== undefined) store.append(set, i * ms(interval), value);
    });
  }
  return store;
}

// `1+2x3` is 1 3 5 7, `5x2` is 5 5 5, `_` leaves one out.
function expanded(values: string): (number | "stale" | undefined)[] {
  return values
    .trim()
    .split(/\s+/)
    .flatMap((text): (number | "stale" | undefined)[] => {
      const missing = /^_(?:x(\d+))?$/.exec(text);
      if (missing) return Array<undefined>(Number(missing[1] ?? 1)).fill(undefined);
      if (text === "stale") return ["stale"];
      const [, start = "", sign = "+", step = "0", times] =
        /^(-?[0-9.e]+|-?Inf|NaN)(?:([+-])([0-9.e]+))?(?:x(\d+))?$/i.exec(text) ?? [];
      if (start === "") throw new Error(`no series: ${text}`);
      const by = Number(`${sign}${step}`);
      return Array.from(
        { length: Number(times ?? 0) + 1 },
        (_, i) => Number(start.replace("Inf", "Infinity")) + i * by,
      );
    });
}

function difference(name: string, wanted: readonly string[], got: readonly string[]): string[] {
  const [a, b] = [wanted.toSorted().join("\n"), got.toSorted().join("\n")];
  return a === b ? [] : [`${name}: expected ${a || "nothing"}, got ${b || "nothing"}`];
}

function sorted(value: object): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

function ms(text: string): number {
  const found = parseDurationMs(text);
  if (found === undefined) throw new Error(`no duration: ${text}`);
  return found;
}
