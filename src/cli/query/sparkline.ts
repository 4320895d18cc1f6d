const bars = "▁▂▃▄▅▆▇█";

/** Values as bars, one character each, scaled from 0 (or the least, when below) to the greatest; a gap is a space. */
export function sparkline(values: readonly (number | undefined)[]): string {
  const finite = values.filter((value): value is number => value !== undefined && Number.isFinite(value));
  const low = Math.min(0, ...finite);
  const span = Math.max(...finite, low) - low;
  return values
    .map((value) => {
      if (value === undefined || Number.isNaN(value)) return " ";
      const share = value === Infinity ? 1 : value === -Infinity ? 0 : span === 0 ? 0 : (value - low) / span;
      return bars[Math.min(bars.length - 1, Math.floor(share * bars.length))];
    })
    .join("");
}

/** Fit a series to a width: each character the greatest of its part, so that a spike never hides. */
export function squeeze(values: readonly (number | undefined)[], width: number): (number | undefined)[] {
  if (values.length <= width) return [...values];
  return Array.from({ length: width }, (_, i) => {
    const from = Math.floor((i * values.length) / width);
    const part = values.slice(from, Math.max(from + 1, Math.floor(((i + 1) * values.length) / width)));
    const known = part.filter((value): value is number => value !== undefined);
    return known.length === 0 ? undefined : Math.max(...known);
  });
}
