import { RegexSyntaxError } from "./syntax.ts";

/** The flags of RE2: ignore case, `^` and `$` at lines, `.` matches newline, swap greediness. */
export interface RegexFlags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
  readonly U: boolean;
}

/** The parser's place in a pattern, with what it has met so far. */
export class RegexReader {
  readonly pattern: string;
  readonly names: (string | undefined)[] = [];
  at = 0;
  flags: RegexFlags;

  constructor(pattern: string, flags: RegexFlags) {
    this.pattern = pattern;
    this.flags = flags;
  }

  get done(): boolean {
    return this.at >= this.pattern.length;
  }

  get char(): string {
    return this.pattern.charAt(this.at);
  }

  startsWith(text: string): boolean {
    return this.pattern.startsWith(text, this.at);
  }

  skip(text: string): boolean {
    const found = this.startsWith(text);
    if (found) this.at += text.length;
    return found;
  }

  /** Read one whole character, also outside the basic plane. */
  readCode(): number {
    const code = this.pattern.codePointAt(this.at) ?? 0;
    this.at += code > 0xffff ? 2 : 1;
    return code;
  }

  /** Read what a sticky expression matches here. */
  match(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.at;
    const found = expression.exec(this.pattern) ?? undefined;
    if (found) this.at = expression.lastIndex;
    return found;
  }

  error(problem: string, start: number, part: string = this.pattern.slice(start, this.at)): RegexSyntaxError {
    return new RegexSyntaxError(problem, part, start);
  }
}
