import { labelKey } from "./alert-state.ts";
import type { ExpectedAlert, ExpectedLog, ExpectedSample } from "./test-file.ts";

/** Whether the alerts are the same, in whatever order. */
export function sameAlerts(expected: readonly ExpectedAlert[], got: readonly ExpectedAlert[]): boolean {
  return sameTexts(expected.map(alertKey), got.map(alertKey));
}

/** Whether the samples are the same, in whatever order; `fuzzy` lets the last bit of a value differ. */
export function sameSamples(
  expected: readonly ExpectedSample[],
  got: readonly ExpectedSample[],
  { fuzzy }: { readonly fuzzy: boolean },
): boolean {
  if (expected.length !== got.length) return false;
  const byLabels = new Map(got.map(({ labels, value }) => [labelKey(labels), value]));
  return expected.every(({ labels, value }) => {
    const other = byLabels.get(labelKey(labels));
    return other !== undefined && sameValue(value, other, fuzzy);
  });
}

/** Whether the log lines are the same, in whatever order; a line expected without a time may have any. */
export function sameLogs(expected: readonly ExpectedLog[], got: readonly ExpectedLog[]): boolean {
  if (expected.length !== got.length) return false;
  const rest = [...got];
  // Those with a time first, lest one without takes their match.
  const timed = [...expected].sort(
    (a, b) => Number(b.timestamp !== undefined) - Number(a.timestamp !== undefined),
  );
  return timed.every((wanted) => {
    const at = rest.findIndex((log) => sameLog(wanted, log));
    if (at >= 0) rest.splice(at, 1);
    return at >= 0;
  });
}

function sameLog(wanted: ExpectedLog, got: ExpectedLog): boolean {
  if (wanted.timestamp !== undefined && wanted.timestamp !== got.timestamp) return false;
  return wanted.line === got.line && labelKey(wanted.labels) === labelKey(got.labels);
}

function alertKey({ labels, annotations }: ExpectedAlert): string {
  return `${labelKey(labels)} ${labelKey(annotations)}`;
}

function sameTexts(expected: readonly string[], got: readonly string[]): boolean {
  const [a, b] = [[...expected].sort(), [...got].sort()];
  return a.length === b.length && a.every((text, i) => text === b[i]);
}

function sameValue(expected: number, got: number, fuzzy: boolean): boolean {
  if (Object.is(expected, got) || expected === got) return true;
  if (!fuzzy || !Number.isFinite(expected) || !Number.isFinite(got)) return false;
  return Math.abs(expected - got) <= Number.EPSILON * Math.max(Math.abs(expected), Math.abs(got));
}
