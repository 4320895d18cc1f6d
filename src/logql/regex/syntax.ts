/** The tree of a regular expression in RE2 syntax, flags already applied to the nodes they reach. */
export type Regex =
  | { readonly kind: "literal"; readonly code: number; readonly fold: boolean }
  | { readonly kind: "set"; readonly set: CharacterSet }
  | { readonly kind: "assert"; readonly what: Assertion }
  | { readonly kind: "capture"; readonly index: number; readonly inner: Regex }
  | { readonly kind: "sequence"; readonly parts: readonly Regex[] }
  | { readonly kind: "choice"; readonly parts: readonly Regex[] }
  | {
      readonly kind: "repeat";
      readonly inner: Regex;
      readonly min: number;
      /** Infinity when there is no upper bound. */
      readonly max: number;
      readonly greedy: boolean;
    };

export type Assertion = "text-start" | "text-end" | "line-start" | "line-end" | "word" | "not-word";

/** A set of characters, as the items of a JavaScript class with the `u` flag. */
export interface CharacterSet {
  readonly negated: boolean;
  readonly items: string;
  readonly fold: boolean;
}

export interface ParsedRegex {
  readonly root: Regex;
  /** Names of the capture groups from 1 on; an unnamed one is undefined. */
  readonly names: readonly (string | undefined)[];
}

/** A pattern that RE2 does not accept. `offset` counts from the start of the pattern. */
export class RegexSyntaxError extends Error {
  readonly offset: number;

  constructor(problem: string, part: string, offset: number) {
    super(`error parsing regexp: ${problem}: \`${part}\``);
    this.offset = offset;
  }
}
