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
