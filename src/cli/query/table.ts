/** Rows in columns: text on the left, the columns from `left` on are numbers and stand on the right. */
export function table(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  { left = heads.length - 1 }: { readonly left?: number } = {},
): string {
  const widths = heads.map((head, i) => Math.max(...[head, ...rows.map((row) => row[i] ?? "")].map(columns)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => {
        const room = " ".repeat((widths[i] ?? 0) - columns(cell));
        return i < left ? cell + room : room + cell;
      })
      .join("  ")
      .trimEnd();
  return `${[line(heads), ...rows.map(line)].join("\n")}\n`;
}

function columns(text: string): number {
  return Array.from(text).length;
}
