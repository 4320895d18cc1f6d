/** What every node has: where in the query it is written, as a 0-based offset. */
interface Located {
  readonly offset: number;
}

export type Expression =
  | NumberLiteral
  | StringLiteral
  | VectorSelector
  | RangeSelector
  | Subquery
  | Call
  | Aggregation
  | BinaryOperation
  | Negation
  | Parenthesis;

export interface NumberLiteral extends Located {
  readonly kind: "number";
  readonly value: number;
}

export interface StringLiteral extends Located {
  readonly kind: "string";
  readonly text: string;
}

export interface Matcher extends Located {
  readonly name: string;
  readonly operator: "=" | "!=" | "=~" | "!~";
  readonly value: string;
  /** Whether a label's value passes; a label that is not there has the empty value. */
  readonly matches: (value: string) => boolean;
}

/** The time an `@` fixes: milliseconds since 1970, or an end of the query's own range. */
export type At =
  | { readonly kind: "time"; readonly ms: number }
  | { readonly kind: "start" }
  | { readonly kind: "end" };

/** Where in time a selector or a subquery looks. */
export interface Shift {
  readonly offsetMs: number;
  readonly at: At | undefined;
}

export interface VectorSelector extends Located, Shift {
  readonly kind: "selector";
  /** All of them, that of the metric's name among them. */
  readonly matchers: readonly Matcher[];
}

export interface RangeSelector extends Located, Shift {
  readonly kind: "range";
  readonly selector: VectorSelector;
  readonly rangeMs: number;
}

export interface Subquery extends Located, Shift {
  readonly kind: "subquery";
  readonly inner: Expression;
  readonly rangeMs: number;
  /** Undefined leaves it to the engine's own interval. */
  readonly stepMs: number | undefined;
}

export interface Call extends Located {
  readonly kind: "call";
  readonly name: string;
  readonly args: readonly Expression[];
}

export interface Grouping {
  readonly without: boolean;
  readonly names: readonly string[];
}

export interface Aggregation extends Located {
  readonly kind: "aggregation";
  readonly operation: string;
  readonly inner: Expression;
  readonly parameter: Expression | undefined;
  readonly grouping: Grouping;
}

export interface VectorMatching {
  readonly on: boolean;
  readonly names: readonly string[];
  readonly cardinality: "one-to-one" | "many-to-one" | "one-to-many";
  /** Labels that group_left or group_right takes over from the one side. */
  readonly include: readonly string[];
}

export interface BinaryOperation extends Located {
  readonly kind: "binary";
  readonly operator: string;
  readonly left: Expression;
  readonly right: Expression;
  readonly bool: boolean;
  readonly matching: VectorMatching | undefined;
}

export interface Negation extends Located {
  readonly kind: "negation";
  readonly inner: Expression;
}

export interface Parenthesis extends Located {
  readonly kind: "parenthesis";
  readonly inner: Expression;
}
