/** What a CSS colour with variables comes to, for a canvas, which knows no variables. */
export function cssValue(color: string): string {
  const name = /^var\((--[\w-]+)\)$/.exec(color)?.[1];
  return name === undefined
    ? color
    : getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** A colour let through: 0 is not there, 1 covers. */
export function faded(color: string, opacity: number): string {
  const hex = /^#([\da-f]{6})$/i.exec(color)?.[1];
  if (hex === undefined) return color;
  const alpha = Math.round(Math.max(0, Math.min(1, opacity)) * 255);
  return `#${hex}${alpha.toString(16).padStart(2, "0")}`;
}

/** A colour mixed with the ground it stands on: paler, and still covering what is behind. */
export function pale(color: string, ground: string, share: number): string {
  const [top, bottom] = [channels(color), channels(ground)];
  if (!top || !bottom) return color;
  const mixed = top.map((channel, index) => Math.round(channel * share + (bottom[index] ?? 0) * (1 - share)));
  return `rgb(${mixed.join(" ")})`;
}

function channels(color: string): readonly number[] | undefined {
  const hex = /^#([\da-f]{6})$/i.exec(color)?.[1];
  return hex?.match(/../g)?.map((pair) => Number.parseInt(pair, 16));
}
