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

/** The only error a query can end in. It says where in the query what failed is written. */
export class LogqlError extends Error {
  override readonly name = "LogqlError";
  readonly kind: LogqlErrorKind;
  readonly position: Position | undefined;

  constructor(kind: LogqlErrorKind, message: string, position?: Position) {
    super(
      position && prefixes[kind]
        ? `${prefixes[kind]} at line ${position.line}, col ${position.column}: ${message}`
        : message,
    );
    this.kind = kind;
    this.position = position;
  }
}

/** Give an error that an evaluation threw the place of the expression that was evaluated, unless it has one. */
export function located(error: unknown, source: string, offset: number): unknown {
  if (!(error instanceof LogqlError) || error.position) return error;
  return new LogqlError(error.kind, error.message, positionAt(source, offset));
}

/** Turn an offset into a line and a column. */
export function positionAt(source: string, offset: number): Position {
  const before = source.slice(0, offset);
  const line = before.split("\n").length;
  return { offset, line, column: offset - before.lastIndexOf("\n") };
}

// The text of the other kinds is Loki's own, which names no place.
const prefixes: Partial<Record<LogqlErrorKind, string>> = {
  parse: "parse error",
  unsupported: "unsupported",
};
