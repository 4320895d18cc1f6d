import { type Context, context, propagation } from "@opentelemetry/api";
import { type Scope, scopes } from "../context/scope.ts";
import { propagationHeaders } from "../http/propagation.ts";
import { isRequestId } from "../http/request-id.ts";
import { activeSpan, parseTraceparent, type TraceIds } from "../http/trace-context.ts";

/** The headers that travelled in a job's data; anything at all, since old jobs have none and others may have written them. */
export type JobHeaders = Readonly<Record<string, unknown>>;

/** What a run takes from where it is started. */
export interface JobRunOptions {
  readonly name: string;
  readonly owner: object;
  readonly requestIdHeader: string;
  readonly headers: JobHeaders;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Makes an id where none was handed over. */
  readonly nextId: () => string;
}

/** One run of a job: the scope of all that is done for it. */
export class JobRun implements Scope {
  readonly name: string;
  readonly owner: object;
  readonly requestId: string;
  readonly startedMs: number = performance.now();
  fields: Readonly<Record<string, unknown>>;
  /** What it threw, if it did. */
  failure: { readonly error: unknown } | undefined = undefined;
  isHushed = false;
  readonly #requestIdHeader: string;
  readonly #headers: JobHeaders;
  readonly #trace: TraceIds | undefined;
  /** The work it was started in, whose ids it goes on with where it was handed none. */
  readonly #outer: Scope | undefined = scopes.getStore();

  constructor(options: JobRunOptions) {
    this.name = options.name;
    this.owner = options.owner;
    this.fields = options.fields;
    this.#requestIdHeader = options.requestIdHeader;
    this.#headers = options.headers;
    const sent = this.#header(options.requestIdHeader);
    const handedOver = sent !== undefined && isRequestId(sent) ? sent : undefined;
    this.requestId = handedOver ?? this.#outer?.requestId ?? options.nextId();
    this.#trace = activeSpan() ?? parseTraceparent(this.#header("traceparent") ?? "");
  }

  get traceId(): string | undefined {
    return this.#trace?.traceId ?? this.#outer?.traceId;
  }

  get spanId(): string | undefined {
    return this.#trace === undefined ? this.#outer?.spanId : this.#trace.spanId;
  }

  /** Do the work, so that lines and calls below carry the run's ids. */
  run<T>(work: () => T): T {
    return context.with(this.#context(), () => scopes.run(this, work));
  }

  addFields(fields: Readonly<Record<string, unknown>>): void {
    this.fields = { ...this.fields, ...fields };
  }

  hush(): void {
    this.isHushed = true;
  }

  propagationHeaders(): Record<string, string> {
    const traced = parseTraceparent(this.#header("traceparent") ?? "") !== undefined;
    const trusted = traced ? { requestHeader: (name: string) => this.#header(name) } : undefined;
    const outer = traced ? {} : this.#outer?.propagationHeaders();
    return { ...outer, ...propagationHeaders(this.#requestIdHeader, this.requestId, trusted) };
  }

  /** With an OpenTelemetry SDK, spans of the job go on with the trace that was handed over. */
  #context(): Context {
    const active = context.active();
    return activeSpan() === undefined ? propagation.extract(active, this.#headers) : active;
  }

  #header(name: string): string | undefined {
    const { [name]: value } = this.#headers;
    return typeof value === "string" ? value : undefined;
  }
}
