import type { VariantProfile } from "./profile.ts";
import type { SelfTime } from "./self-times.ts";
import { table } from "./table.ts";

const TOP = 40;

/** Where time goes in each variant, by package, then by function: most above the last variant first. */
export function profileReport(profiles: readonly VariantProfile[]): string {
  const byOwner = compare(profiles, ({ owner }) => owner);
  const byFunction = compare(profiles, ({ name, place }) => `${name} ${place}`.trim());
  const head = ["self time, µs/request", ...profiles.map(({ name }) => name)];
  return `${table(head, byOwner)}\n\n${table(head, byFunction.slice(0, TOP))}`;
}

function compare(
  profiles: readonly VariantProfile[],
  key: (time: SelfTime) => string,
): readonly (readonly string[])[] {
  const columns = profiles.map(({ times }) => sums(times, key));
  const rows = [...new Set(columns.flatMap((column) => [...column.keys()]))].map((name) => ({
    name,
    micros: columns.map((column) => column.get(name) ?? 0),
  }));
  const all = {
    name: "all",
    micros: columns.map((column) => [...column.values()].reduce((a, b) => a + b, 0)),
  };
  const above = ({ micros }: typeof all): number => (micros.at(0) ?? 0) - (micros.at(-1) ?? 0);
  return [...rows, all]
    .sort((a, b) => above(b) - above(a))
    .map(({ name, micros }) => [name, ...micros.map((each) => each.toFixed(2))]);
}

function sums(times: readonly SelfTime[], key: (time: SelfTime) => string): ReadonlyMap<string, number> {
  const total = new Map<string, number>();
  for (const time of times) total.set(key(time), (total.get(key(time)) ?? 0) + time.micros);
  return total;
}
