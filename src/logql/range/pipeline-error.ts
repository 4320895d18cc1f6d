import { LogqlError } from "../errors.ts";
import type { Entry } from "../labels/entry.ts";

/** What fails a query when a line could not be read as asked, in Loki's words. */
export function pipelineError(entry: Entry): LogqlError {
  const { error } = entry;
  return new LogqlError(
    "pipeline",
    `pipeline error: '${error}' for series: '${entry.labels().toString()}'.\n` +
      `Use a label filter to intentionally skip this error. (e.g | __error__!="${error}").\n` +
      'To skip all potential errors you can match empty errors.(e.g __error__="")\n' +
      'The label filter can also be specified after unwrap. (e.g | unwrap latency | __error__="" )',
  );
}
