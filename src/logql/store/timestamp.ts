/** A time in two exact numbers: nanoseconds since 1970 do not fit in one. */
export interface Timestamp {
  readonly ms: number;
  readonly subNs: number;
}

/** Split nanoseconds, given as a bigint or as decimal text. */
export function splitTimestamp(ns: bigint | string): Timestamp {
  const text = typeof ns === "string" ? ns : ns.toString();
  if (!/^-?\d+$/.test(text))
    throw new TypeError(`a timestamp is nanoseconds in decimal digits, not ${JSON.stringify(text)}`);
  if (text.length <= 15) {
    const all = Number(text);
    const ms = Math.floor(all / 1e6);
    return { ms, subNs: all - ms * 1e6 };
  }
  if (text.startsWith("-")) throw new TypeError("a timestamp before 1970 is not supported");
  return { ms: Number(text.slice(0, -6)), subNs: Number(text.slice(-6)) };
}

/** Join the two numbers to decimal nanoseconds. */
export function joinTimestamp(ms: number, subNs: number): string {
  return (BigInt(ms) * 1_000_000n + BigInt(subNs)).toString();
}
