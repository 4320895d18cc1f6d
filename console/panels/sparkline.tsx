import type { JSX } from "preact";

/** The course of a number, behind it. */
export function Sparkline({ values }: { readonly values: readonly number[] }): JSX.Element {
  const known = values.filter(Number.isFinite);
  const least = Math.min(...known, 0);
  const height = Math.max(...known) - least || 1;
  const points = values.map((value, index) => {
    const y = 40 - ((Number.isFinite(value) ? value - least : 0) / height) * 36;
    return `${((index / Math.max(1, values.length - 1)) * 100).toFixed(2)} ${y.toFixed(2)}`;
  });
  return (
    <svg class="sparkline" viewBox="0 0 100 40" preserveAspectRatio="none" aria-hidden="true">
      <path class="area" d={`M0 40L${points.join("L")}L100 40Z`} />
      <path class="line" d={`M${points.join("L")}`} />
    </svg>
  );
}
