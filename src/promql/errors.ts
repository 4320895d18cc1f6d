import { type Position, positionAt } from "../logql/parts.ts";

/**
 * `parse`: the text is not PromQL, or breaks one of its rules. `unsupported`: PromQL that this engine refuses by name.
 * `execution`: the vectors could not be combined. `limit`: the query asked for more than the limits allow.
 */
export type PromqlErrorKind = "parse" | "unsupported" | "execution" | "limit";

/** The only error a query can end in. It says where in the query what failed is written. */
export class PromqlError extends Error {
  override readonly name = "PromqlError";
  readonly kind: PromqlErrorKind;
  readonly position: Position | undefined;

  constructor(kind: PromqlErrorKind, message: string, position?: Position) {
    super(
      position && prefixes[kind]
        ? `${position.line}:${position.column}: ${prefixes[kind]}: ${message}`
        : message,
    );
    this.kind = kind;
    this.position = position;
  }
}

/** Give an error that an evaluation threw the place of the expression that was evaluated, unless it has one. */
export function located(error: unknown, source: string, offset: number): unknown {
  if (!(error instanceof PromqlError) || error.position) return error;
  return new PromqlError(error.kind, error.message, positionAt(source, offset));
}

// The text of the other kinds is Prometheus' own, which names no place.
const prefixes: Partial<Record<PromqlErrorKind, string>> = {
  parse: "parse error",
  unsupported: "unsupported",
};
