// What PromQL has in common with LogQL, for src/promql alone: the package does not export it.
export { type Position, positionAt } from "./errors.ts";
export { LabelSet } from "./labels/label-set.ts";
export { expandTemplate } from "./regex/expand.ts";
export { compileRe2, type Re2 } from "./regex/re2.ts";
export { RegexSyntaxError } from "./regex/syntax.ts";
export { formatSample, type MatrixSeries, type SamplePair, type VectorSample } from "./result.ts";
export { comparisonOperators, precedence, setOperators } from "./syntax/operations.ts";
export { isRange, parseDuration } from "./syntax/quantity.ts";
export { readQuoted } from "./syntax/quoted.ts";
export { compareBool } from "./vector/arithmetic.ts";
export { constantRow, emptyRow, type Matrix, type SeriesRow } from "./vector/matrix.ts";
export { combineSets } from "./vector/set-operation.ts";
