export { createEngine } from "./engine.ts";
export { LogqlError, type LogqlErrorKind, type Position } from "./errors.ts";
export {
  compileGoTemplate,
  formatGo,
  GoTemplateError,
  goTime,
  replaceRegex,
  type TemplateFunctions,
  type TemplateValue,
  TextMap,
  testRegex,
} from "./go-template.ts";
export type { Limits } from "./limits.ts";
export { createLogStream, type LogStream, type LogStreamOptions, type StreamedLine } from "./log-stream.ts";
export { createMetricStream, type MetricStream } from "./metric-stream.ts";
export { type Profile, type ProfileVersion, profiles } from "./profile.ts";
export type {
  Engine,
  EngineOptions,
  InstantQueryOptions,
  Nanoseconds,
  RangeQueryOptions,
} from "./query-options.ts";
export type {
  Direction,
  EntryLabels,
  MatrixSeries,
  QueryResult,
  QueryStatistics,
  SamplePair,
  StreamResult,
  StreamValue,
  VectorSample,
} from "./result.ts";
export { LogStore, type LogStoreOptions, type PushStream, type PushValue } from "./store/log-store.ts";
export { type SelectedStream, type StreamSelection, selectStreams } from "./store/select-streams.ts";
export type * from "./syntax/ast.ts";
export { format } from "./syntax/format.ts";
export { parse } from "./syntax/parse.ts";
