/** One directive of a format: `%-8.2f`. */
export interface Verb {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly letter: string;
}

/** Put the sign before digits. */
export function signed({ flags }: Verb, negative: boolean, text: string): string {
  if (negative) return `-${text}`;
  return flags.includes("+") ? `+${text}` : flags.includes(" ") ? ` ${text}` : text;
}
