/** What a CSS colour with variables comes to, for a canvas, which knows no variables. */
export function cssValue(color: string): string {
  const name = /^var\((--[\w-]+)\)$/.exec(color)?.[1];
  return name === undefined
    ? color
    : getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** A colour let through: 0 is not there, 1 covers. */
export function faded(color: string, opacity: number): string {
  const parts = channels(color);
  return parts ? `rgb(${parts.join(" ")} / ${opacity})` : color;
}

/** A colour mixed with the ground it stands on: paler, and still covering what is behind. */
export function pale(color: string, ground: string, share: number): string {
  const [top, bottom] = [channels(color), channels(ground)];
  if (!top || !bottom) return color;
  const mixed = top.map((channel, index) => Math.round(channel * share + (bottom[index] ?? 0) * (1 - share)));
  return `rgb(${mixed.join(" ")})`;
}

/** Also of the short form, into which a build turns what it can. */
function channels(color: string): readonly number[] | undefined {
  const [, long, short] = /^#(?:([\da-f]{6})|([\da-f]{3}))$/i.exec(color) ?? [];
  const pairs = long?.match(/../g) ?? short?.split("").map((digit) => digit + digit);
  return pairs?.map((pair) => Number.parseInt(pair, 16));
}
