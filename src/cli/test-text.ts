import { formatGo } from "../logql/index.ts";
import {
  type ExpectedAlert,
  type ExpectedLog,
  type ExpectedSample,
  type Failure,
  formatDurationMs,
  labelText,
  type TestFileReport,
} from "../rules/index.ts";

/** The report of a test file, as promtool prints it. */
export function testFileText({ path, problem, tests }: TestFileReport): string {
  const head = `Unit Testing:  ${path}\n`;
  if (problem !== undefined) return `${head}  FAILED:\n${indented(problem, 4)}\n\n`;
  const failed = tests.filter(({ failures }) => failures.length > 0);
  if (failed.length === 0) return `${head}  SUCCESS\n\n`;
  const blocks = failed.map(({ name, failures }) => {
    const title = name === "" ? "" : `    name: ${name},\n`;
    return `  FAILED:\n${title}${failures.map((failure) => indented(failureText(failure), 4)).join("\n")}\n`;
  });
  return `${head}${blocks.join("\n")}\n`;
}

/** One failure: what was expected, what came, and why. */
export function failureText(failure: Failure): string {
  const time = `time: ${formatDurationMs(failure.timeMs)}`;
  switch (failure.kind) {
    case "error":
      return `${failure.subject}, ${time}, err: ${failure.message}`;
    case "alert": {
      const [exp, got] = [failure.expected, failure.got].map(alertList);
      const notes = failure.notes.map((note) => `\n    note: ${note}`).join("");
      return `alertname: ${failure.alertname}, ${time},\n    exp:${exp},\n    got:${got}${notes}`;
    }
    case "samples":
      return `expr: ${JSON.stringify(failure.expr)}, ${time},\n    exp: ${sampleList(failure.expected)}\n    got: ${sampleList(failure.got)}`;
    case "logs":
      return `expr: ${JSON.stringify(failure.expr)}, ${time},\n    exp: ${logList(failure.expected)}\n    got: ${logList(failure.got)}`;
  }
}

function alertList(alerts: readonly ExpectedAlert[] | undefined = []): string {
  if (alerts.length === 0) return "[]";
  const items = sorted(alerts).map(
    ({ labels, annotations }, i) =>
      `        ${i}:\n          Labels:${labelText(labels)}\n          Annotations:${labelText(annotations)}`,
  );
  return `[\n${items.join("\n")}\n        ]`;
}

function sampleList(samples: readonly ExpectedSample[]): string {
  if (samples.length === 0) return "nil";
  return sorted(samples)
    .map(({ labels, value }) => `${labelText(labels)} ${formatGo("%v", [value])}`)
    .join("\n         ");
}

function logList(logs: readonly ExpectedLog[]): string {
  if (logs.length === 0) return "nil";
  return logs
    .map(
      ({ labels, line, timestamp }) =>
        `${timestamp === undefined ? "" : `${timestamp} `}${labelText(labels)} ${line}`,
    )
    .join("\n         ");
}

function sorted<T extends { readonly labels: Readonly<Record<string, string>> }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => (labelText(a.labels) < labelText(b.labels) ? -1 : 1));
}

function indented(text: string, spaces: number): string {
  return text.replace(/^(?=.)/gm, " ".repeat(spaces));
}
