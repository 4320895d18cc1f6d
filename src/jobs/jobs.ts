import { errorType } from "../http/outcome.ts";
import { createRequestIds } from "../http/request-id.ts";
import { EventFields, named } from "../logger/event-fields.ts";
import type { EventLog } from "../logger/logger.ts";
import type { JobMetrics } from "../metrics/job-metrics.ts";
import { type JobHeaders, JobRun } from "./job-run.ts";

/** What a job's completion line shows beside the kit's own fields, and where the job came from. */
export interface JobFields {
  /** What `kit.jobHeaders()` gave where the job was made: the run goes on with its request id and trace. Not logged. */
  readonly headers?: JobHeaders | undefined;
  /** A field of the completion line and of every line within. */
  readonly [field: string]: unknown;
}

/** What running jobs takes of the rest of the kit. */
export interface JobsOptions {
  /** Whose scopes the runs are. */
  readonly owner: object;
  readonly requestIdHeader: string;
  readonly events: EventLog;
  readonly metrics: JobMetrics;
}

/** The work of this process that no request asks for. */
export class Jobs {
  readonly #options: JobsOptions;
  readonly #nextId: () => string = createRequestIds();
  readonly #idleWaiters: (() => void)[] = [];
  #running = 0;

  constructor(options: JobsOptions) {
    this.#options = options;
  }

  /** Run a job in a scope of its own: one line and one observation when it ends, whatever its end. @throws what it throws */
  async run<T>(name: string, fields: JobFields, work: () => T | PromiseLike<T>): Promise<T> {
    if (typeof work !== "function")
      throw new TypeError(
        `runJob("${name}") takes its work as the third argument, after its fields: {} for none`,
      );
    const { owner, requestIdHeader, metrics } = this.#options;
    const { headers, ...own } = fields;
    const run = new JobRun({
      name,
      owner,
      requestIdHeader,
      headers: headers ?? {},
      fields: own,
      nextId: this.#nextId,
    });
    metrics.begin(name);
    this.#running++;
    try {
      return await run.run(work);
    } catch (error) {
      run.failure = { error };
      throw error;
    } finally {
      this.#end(run);
    }
  }

  /** Resolve once no job is running. */
  idle(): Promise<void> {
    if (this.#running === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idleWaiters.push(resolve));
  }

  #end(run: JobRun): void {
    const durationMs = performance.now() - run.startedMs;
    const { name, failure, traceId, spanId } = run;
    const type = failure && errorType(failure.error);
    this.#options.metrics.end({
      name,
      durationSeconds: durationMs / 1_000,
      errorType: type,
      traceId,
      spanId,
    });
    this.#writeLine(run, durationMs, type);
    this.#running--;
    if (this.#running === 0) for (const resolve of this.#idleWaiters.splice(0)) resolve();
  }

  #writeLine(run: JobRun, durationMs: number, type: string | undefined): void {
    const { name, requestId, traceId, spanId, failure } = run;
    const fields = new EventFields();
    fields.word(named.event_name, "job.run");
    fields.word(named.request_id, requestId);
    if (traceId !== undefined) fields.word(named.trace_id, traceId);
    if (spanId !== undefined) fields.word(named.span_id, spanId);
    fields.text(named.job_name, name);
    fields.number(named.duration_ms, Math.round(durationMs * 1_000) / 1_000);
    if (type !== undefined) fields.text(named.error_type, type);
    fields.error = failure?.error;
    const level = failure ? "error" : run.isHushed ? "debug" : "info";
    this.#options.events.write(level, `job ${name} ${failure ? "failed" : "ok"}`, fields, run.fields);
  }
}
