import type { Thresholds } from "./dashboard.ts";

/** How many colours a series may take before they come round again; the style sheet holds them as --series-0 and on. */
export const seriesColors = 10;

const families = ["red", "orange", "yellow", "green", "blue", "purple"];

/** A colour of Grafana's as CSS: a named one becomes a variable of the style sheet, so that it fits both themes. */
export function cssColor(color: string): string {
  if (/^#[\da-f]{3,8}$/i.test(color) || /^rgba?\([\d.,\s%]+\)$/i.test(color)) return color;
  if (color === "transparent") return "transparent";
  if (color === "text") return "var(--text)";
  const family = families.find((name) => color === name || color.endsWith(`-${name}`));
  return family ? `var(--${family})` : "var(--text-muted)";
}

export function seriesColor(index: number): string {
  return `var(--series-${index % seriesColors})`;
}

/** The colour of the highest step a value reaches. `fraction` is where it lies between minimum and maximum. */
export function thresholdColor(
  thresholds: Thresholds | undefined,
  value: number,
  fraction: number,
): string | undefined {
  const reached = thresholds?.mode === "percentage" ? fraction * 100 : value;
  const step = thresholds?.steps.findLast(
    (candidate) => candidate.value === null || reached >= candidate.value,
  );
  return step ? cssColor(step.color) : undefined;
}
