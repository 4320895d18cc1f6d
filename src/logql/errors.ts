/** A place in a query: a 0-based offset in UTF-16 units, and the 1-based line and column an editor shows. */
export interface Position {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/**
 * `parse`: the text is not LogQL, or breaks one of its rules. `unsupported`: LogQL that this engine refuses by name.
 * `pipeline`: a metric query met a line with an error. `execution`: the vectors could not be combined.
 * `limit`: the query asked for more than the limits allow.
 */
export type LogqlErrorKind = "parse" | "unsupported" | "pipeline" | "execution" | "limit";

/** The only error a query can end in. Parse errors always carry the position of the offending text. */
export class LogqlError extends Error {
  override readonly name = "LogqlError";
  readonly kind: LogqlErrorKind;
  readonly position: Position | undefined;

  constructor(kind: LogqlErrorKind, message: string, position?: Position) {
    super(
      position ? `${prefixes[kind]} at line ${position.line}, col ${position.column}: ${message}` : message,
    );
    this.kind = kind;
    this.position = position;
  }
}

/** Turn an offset into a line and a column. */
export function positionAt(source: string, offset: number): Position {
  const before = source.slice(0, offset);
  const line = before.split("\n").length;
  return { offset, line, column: offset - before.lastIndexOf("\n") };
}

const prefixes: Record<LogqlErrorKind, string> = {
  parse: "parse error",
  unsupported: "unsupported",
  pipeline: "pipeline error",
  execution: "execution error",
  limit: "limit exceeded",
};
