/** One thing wrong with a file, and where. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  /** What it is in: `group "checkout", rule "High5xx"`; empty at the top of the file. */
  readonly where: string;
  readonly message: string;
}

/** Write a problem as editors and terminals link it: `file:line: where: message`. */
export function problemText({ file, line, where, message }: Problem): string {
  return `${file}:${line}: ${where === "" ? "" : `${where}: `}${message}`;
}
