const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  M: 2_592_000_000,
  y: 31_536_000_000,
};

/** Parse `30s`, `1h30m`, `>10s` to milliseconds; undefined when it is no duration. */
export function parseDuration(text: string): number | undefined {
  const bare = text.trim().replace(/^[<>]=?/, "");
  if (!/^(\d+(\.\d+)?(ms|[smhdwMy]))+$/.test(bare)) return undefined;
  let total = 0;
  for (const [, amount, unit] of bare.matchAll(/(\d+(?:\.\d+)?)(ms|[smhdwMy])/g)) {
    total += Number(amount) * (unitMs[unit ?? ""] ?? 0);
  }
  return total;
}
