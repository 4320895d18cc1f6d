import { backtrackingCost, type Cost, capturesInLoop } from "./cost.ts";
import { emit } from "./emit.ts";
import { matchLinear } from "./linear.ts";
import { LinearTester } from "./linear-test.ts";
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

/**
 * Above so many possible steps a run is timed: most patterns take far fewer than they might, and the first one that does
 * not sends all texts of that length to the linear machine.
 */
const watchedSteps = 1e6;
const maxWatchedMs = 5;

class HybridRegex implements Re2 {
  readonly names: readonly (string | undefined)[];
  readonly #root: Regex;
  readonly #native: RegExp | undefined;
  readonly #watchedLength: number;
  #maxNativeLength: number;
  readonly #nativeGroups: boolean;
  #linearTester: LinearTester | undefined;
  #program: readonly Instruction[] | undefined;

  constructor(parsed: ParsedRegex) {
    this.#root = parsed.root;
    this.names = parsed.names;
    const { degree, branches } = backtrackingCost(parsed.root);
    this.#watchedLength = lengthFor(watchedSteps, { degree, branches });
    this.#maxNativeLength = lengthFor(maxSteps, { degree, branches });
    this.#native = this.#maxNativeLength < 1 ? undefined : new RegExp(emit(parsed.root), "gu");
    this.#nativeGroups = !capturesInLoop(parsed.root);
  }

  test(text: string): boolean {
    const native = this.#nativeFor(text);
    if (!native) return this.#tester(text);
    native.lastIndex = 0;
    return this.#watched(text, () => native.test(text));
  }

  exec(text: string, from = 0): RegexMatch | undefined {
    const native = this.#nativeGroups ? this.#nativeFor(text) : undefined;
    if (!native) return this.#linear(text, from);
    native.lastIndex = from;
    const found = this.#watched(text, () => native.exec(text));
    return found ? { index: found.index, end: found.index + found[0].length, groups: [...found] } : undefined;
  }

  #nativeFor(text: string): RegExp | undefined {
    return text.length <= this.#maxNativeLength ? this.#native : undefined;
  }

  #watched<T>(text: string, run: () => T): T {
    if (text.length <= this.#watchedLength) return run();
    const began = performance.now();
    const result = run();
    if (performance.now() - began > maxWatchedMs) this.#maxNativeLength = this.#watchedLength;
    return result;
  }

  #tester(text: string): boolean {
    this.#program ??= compileProgram(this.#root);
    this.#linearTester ??= new LinearTester(this.#program);
    return this.#linearTester.test(text);
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

// The longest text whose cost stays within so many steps.
function lengthFor(steps: number, { degree, branches }: Cost): number {
  if (degree === Infinity) return 0;
  return degree === 0 ? Infinity : (steps / branches) ** (1 / degree);
}

function anchor(parsed: ParsedRegex): ParsedRegex {
  const start: Regex = { kind: "assert", what: "text-start" };
  const end: Regex = { kind: "assert", what: "text-end" };
  return { names: parsed.names, root: { kind: "sequence", parts: [start, parsed.root, end] } };
}
