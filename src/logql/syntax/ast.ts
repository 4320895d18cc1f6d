/** The tree `parse` gives. Every node says where it starts; durations are nanoseconds. */
export type Expression = LogExpression | MetricExpression;

export type MetricExpression =
  | RangeAggregation
  | VectorAggregation
  | BinaryOperation
  | LabelReplace
  | VectorLiteral
  | NumberLiteral;

interface Node {
  /** UTF-16 offset in the query. */
  readonly offset: number;
}

export type MatchOperator = "=" | "!=" | "=~" | "!~";

export interface Matcher extends Node {
  readonly name: string;
  readonly operator: MatchOperator;
  readonly value: string;
}

export interface LogExpression extends Node {
  readonly kind: "log";
  readonly selector: readonly Matcher[];
  readonly stages: readonly Stage[];
}

export type LineFilterOperator = "|=" | "!=" | "|~" | "!~" | "|>" | "!>";

/** One alternative of a line filter; `ip` when it was written `ip("…")`. */
export interface LineFilterValue extends Node {
  readonly text: string;
  readonly ip: boolean;
}

export interface LineFilter extends Node {
  readonly kind: "line-filter";
  readonly operator: LineFilterOperator;
  readonly values: readonly LineFilterValue[];
}

/** `name="expression"` of json and logfmt. */
export interface Extraction extends Node {
  readonly name: string;
  readonly expression: string;
}

export interface JsonStage extends Node {
  readonly kind: "json";
  readonly extractions: readonly Extraction[];
}

export interface LogfmtStage extends Node {
  readonly kind: "logfmt";
  readonly strict: boolean;
  readonly keepEmpty: boolean;
  readonly extractions: readonly Extraction[];
}

export interface TextStage extends Node {
  readonly kind: "regexp" | "pattern" | "line_format";
  readonly text: string;
  /** Where the text itself starts. */
  readonly textOffset: number;
}

export interface PlainStage extends Node {
  readonly kind: "unpack" | "decolorize";
}

export interface LabelFormat extends Node {
  readonly name: string;
  readonly value: { readonly kind: "rename" | "template"; readonly text: string; readonly offset: number };
}

export interface LabelFormatStage extends Node {
  readonly kind: "label_format";
  readonly formats: readonly LabelFormat[];
}

/** A name of drop or keep, with or without a matcher. */
export interface LabelSelection extends Node {
  readonly name: string;
  readonly matcher: Matcher | undefined;
}

export interface LabelSelectionStage extends Node {
  readonly kind: "drop" | "keep";
  readonly labels: readonly LabelSelection[];
}

export type ComparisonOperator = "==" | "!=" | ">" | ">=" | "<" | "<=";

export interface JoinedFilter extends Node {
  readonly kind: "joined";
  readonly operator: "and" | "or";
  readonly left: LabelFilter;
  readonly right: LabelFilter;
}

export interface StringFilter extends Node {
  readonly kind: "string";
  readonly matcher: Matcher;
}

export interface IpFilter extends Node {
  readonly kind: "ip";
  readonly name: string;
  readonly negated: boolean;
  readonly text: string;
}

export interface ComparisonFilter extends Node {
  readonly kind: "number" | "duration" | "bytes";
  readonly name: string;
  readonly operator: ComparisonOperator;
  readonly value: number;
  /** The value as written. */
  readonly text: string;
}

export type LabelFilter = JoinedFilter | StringFilter | IpFilter | ComparisonFilter;

export interface LabelFilterStage extends Node {
  readonly kind: "label-filter";
  readonly filter: LabelFilter;
}

export type UnwrapConversion = "none" | "duration" | "duration_seconds" | "bytes";

export interface UnwrapStage extends Node {
  readonly kind: "unwrap";
  readonly name: string;
  readonly conversion: UnwrapConversion;
}

export type Stage =
  | LineFilter
  | JsonStage
  | LogfmtStage
  | TextStage
  | PlainStage
  | LabelFormatStage
  | LabelSelectionStage
  | LabelFilterStage
  | UnwrapStage;

export interface Grouping extends Node {
  readonly without: boolean;
  readonly names: readonly string[];
}

export interface RangeAggregation extends Node {
  readonly kind: "range";
  readonly operation: string;
  readonly parameter: number | undefined;
  readonly log: LogExpression;
  readonly rangeNs: number;
  readonly offsetNs: number;
  readonly grouping: Grouping | undefined;
}

export interface VectorAggregation extends Node {
  readonly kind: "vector";
  readonly operation: string;
  readonly parameter: number | undefined;
  readonly grouping: Grouping | undefined;
  readonly inner: MetricExpression;
}

export interface VectorMatching {
  /** `on(names)` or `ignoring(names)`; ignoring nothing when neither is written. */
  readonly on: boolean;
  readonly names: readonly string[];
  readonly cardinality: "one-to-one" | "many-to-one" | "one-to-many";
  readonly include: readonly string[];
}

export interface BinaryOperation extends Node {
  readonly kind: "binary";
  readonly operator: string;
  readonly bool: boolean;
  readonly matching: VectorMatching | undefined;
  readonly left: MetricExpression;
  readonly right: MetricExpression;
}

export interface LabelReplace extends Node {
  readonly kind: "label_replace";
  readonly inner: MetricExpression;
  readonly destination: string;
  readonly replacement: string;
  readonly source: string;
  readonly regex: string;
  readonly regexOffset: number;
}

export interface VectorLiteral extends Node {
  readonly kind: "vector-literal";
  readonly value: number;
}

export interface NumberLiteral extends Node {
  readonly kind: "number";
  readonly value: number;
}
