export { createPromqlEngine, type PromqlEngine } from "./engine.ts";
export { PromqlError } from "./errors.ts";
export type { PromqlResult } from "./result.ts";
export { SeriesStore } from "./store/series-store.ts";
export type { Expression, Matcher } from "./syntax/ast.ts";
export { childrenOf } from "./syntax/check.ts";
export { parsePromql } from "./syntax/parse.ts";
