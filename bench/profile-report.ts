import type { SelfTime } from "./self-times.ts";
import { table } from "./table.ts";

const TOP = 40;

/** Where a variant's time goes that bare Express does not spend: by package, then by function. */
export function profileReport(variant: string, own: readonly SelfTime[], bare: readonly SelfTime[]): string {
  const byOwner = compare(own, bare, ({ owner }) => owner);
  const byFunction = compare(own, bare, ({ name, place }) => `${name} ${place}`.trim());
  const head = ["self time, µs/request", variant, "bare", "difference"];
  return `${table(head, byOwner)}\n\n${table(head, byFunction.slice(0, TOP))}`;
}

function compare(
  own: readonly SelfTime[],
  bare: readonly SelfTime[],
  key: (time: SelfTime) => string,
): readonly (readonly string[])[] {
  const [ours, theirs] = [sums(own, key), sums(bare, key)];
  return [...new Set([...ours.keys(), ...theirs.keys()])]
    .map((name) => ({ name, own: ours.get(name) ?? 0, bare: theirs.get(name) ?? 0 }))
    .sort((a, b) => b.own - b.bare - (a.own - a.bare))
    .map((row) => [row.name, row.own.toFixed(2), row.bare.toFixed(2), (row.own - row.bare).toFixed(2)]);
}

function sums(times: readonly SelfTime[], key: (time: SelfTime) => string): ReadonlyMap<string, number> {
  const total = new Map<string, number>();
  for (const time of times) total.set(key(time), (total.get(key(time)) ?? 0) + time.micros);
  return total;
}
