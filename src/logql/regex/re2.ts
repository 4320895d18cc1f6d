import { backtrackingCost, capturesInLoop } from "./cost.ts";
import { emit } from "./emit.ts";
import { matchLinear } from "./linear.ts";
import { parseRegex } from "./parse-regex.ts";
import { compileProgram, type Instruction } from "./program.ts";
import type { ParsedRegex, Regex } from "./syntax.ts";

/** Where a match and its groups lie: the text of group 0 is the whole match. */
export interface RegexMatch {
  readonly index: number;
  readonly end: number;
  readonly groups: readonly (string | undefined)[];
}

/** A compiled pattern. Nothing it is asked takes more than time linear in the text, or a bounded number of steps. */
export interface Re2 {
  /** Names of the groups from 1 on. */
  readonly names: readonly (string | undefined)[];
  test(text: string): boolean;
  exec(text: string, from?: number): RegexMatch | undefined;
}

export interface Re2Options {
  /** The pattern must match the whole text. */
  readonly anchored?: boolean;
  /** `.` matches a newline, as `(?s)` would have it. */
  readonly dotAll?: boolean;
}

/**
 * Compile a pattern of RE2's syntax. V8's own engine runs it where a bound on its backtracking is known to be small
 * enough for the text at hand; the linear machine runs it elsewhere.
 * @throws RegexSyntaxError
 */
export function compileRe2(pattern: string, options: Re2Options = {}): Re2 {
  const parsed = parseRegex(pattern, options.dotAll ?? false);
  return new HybridRegex(options.anchored ? anchor(parsed) : parsed);
}

/** Steps of backtracking that a text may cost; V8 takes about a nanosecond each. */
const maxSteps = 1e8;

class HybridRegex implements Re2 {
  readonly names: readonly (string | undefined)[];
  readonly #root: Regex;
  readonly #native: RegExp | undefined;
  readonly #maxNativeLength: number;
  readonly #nativeGroups: boolean;
  #program: readonly Instruction[] | undefined;

  constructor(parsed: ParsedRegex) {
    this.#root = parsed.root;
    this.names = parsed.names;
    const { degree, branches } = backtrackingCost(parsed.root);
    this.#maxNativeLength =
      degree === Infinity ? 0 : degree === 0 ? Infinity : (maxSteps / branches) ** (1 / degree);
    this.#native = this.#maxNativeLength < 1 ? undefined : new RegExp(emit(parsed.root), "gu");
    this.#nativeGroups = !capturesInLoop(parsed.root);
  }

  test(text: string): boolean {
    if (!this.#native || text.length > this.#maxNativeLength) return this.#linear(text, 0) !== undefined;
    this.#native.lastIndex = 0;
    return this.#native.test(text);
  }

  exec(text: string, from = 0): RegexMatch | undefined {
    if (!this.#native || !this.#nativeGroups || text.length > this.#maxNativeLength)
      return this.#linear(text, from);
    this.#native.lastIndex = from;
    const found = this.#native.exec(text);
    return found ? { index: found.index, end: found.index + found[0].length, groups: [...found] } : undefined;
  }

  #linear(text: string, from: number): RegexMatch | undefined {
    this.#program ??= compileProgram(this.#root);
    const slots = matchLinear(this.#program, text, from);
    if (!slots) return undefined;
    const groups = Array.from({ length: this.names.length + 1 }, (_, i) => {
      const [start, end] = [slots[i * 2], slots[i * 2 + 1]];
      return start === undefined || end === undefined ? undefined : text.slice(start, end);
    });
    return { index: slots[0] ?? 0, end: slots[1] ?? 0, groups };
  }
}

function anchor(parsed: ParsedRegex): ParsedRegex {
  const start: Regex = { kind: "assert", what: "text-start" };
  const end: Regex = { kind: "assert", what: "text-end" };
  return { names: parsed.names, root: { kind: "sequence", parts: [start, parsed.root, end] } };
}
