export { createPromqlEngine } from "./engine.ts";
export { PromqlError } from "./errors.ts";
export type { PromqlResult } from "./result.ts";
export { SeriesStore } from "./store/series-store.ts";
