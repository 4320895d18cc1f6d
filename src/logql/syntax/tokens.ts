export type TokenKind =
  | "identifier"
  | "string"
  | "number"
  | "duration"
  | "bytes"
  | "flag"
  | "punctuation"
  | "end";

/** One word of a query. `text` is as written, but for a string, where it is what the quotes hold. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  /** Of a number, its value; of a duration, nanoseconds; of a size, bytes. */
  readonly value: number;
  readonly offset: number;
  readonly end: number;
}
