/**
 * Milliseconds of a duration as Prometheus writes it: `1h30m`, units from the largest to the smallest, or a bare `0`.
 * @see https://prometheus.io/docs/prometheus/latest/querying/basics/#float-literals-and-time-durations
 */
export function parseDurationMs(text: string): number | undefined {
  if (text === "0") return 0;
  const found = pattern.exec(text);
  if (!found || text === "") return undefined;
  return units.reduce((sum, [, ms], i) => sum + Number(found[i + 1] ?? 0) * ms, 0);
}

/** Write milliseconds as Prometheus does: `1h30m`, `0s`. */
export function formatDurationMs(ms: number): string {
  if (ms === 0) return "0s";
  let rest = Math.abs(ms);
  let text = ms < 0 ? "-" : "";
  for (const [unit, size] of units) {
    // Years and weeks only where nothing is left over: 8d is not 1w1d.
    if ((unit === "y" || unit === "w") && rest % size !== 0) continue;
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) text += `${count}${unit}`;
  }
  return text;
}

const units: readonly (readonly [unit: string, ms: number])[] = [
  ["y", 365 * 86_400_000],
  ["w", 7 * 86_400_000],
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1000],
  ["ms", 1],
];

const pattern = new RegExp(`^${units.map(([unit]) => `(?:([0-9]+)${unit})?`).join("")}$`);
