import type { Scope } from "../../context/scope.ts";
import { activeSpan, type TraceIds } from "../trace-context.ts";
import type { CallTarget } from "./call-target.ts";

/** A call to another service, from its start to the end of its answer. */
export class OutgoingCall {
  readonly target: CallTarget;
  /** The unit of work it is made for; undefined outside of one. */
  readonly scope: Scope | undefined;
  readonly trace: TraceIds | undefined = activeSpan();
  status: number | undefined = undefined;
  /** Why it failed: no answer, or an answer that broke off. */
  error: unknown = undefined;
  durationMs = 0;
  readonly #startedMs = performance.now();
  readonly #onEnd: (call: OutgoingCall) => void;
  #ended = false;

  constructor(target: CallTarget, scope: Scope | undefined, onEnd: (call: OutgoingCall) => void) {
    this.target = target;
    this.scope = scope;
    this.#onEnd = onEnd;
  }

  get traceId(): string | undefined {
    return this.trace?.traceId ?? this.scope?.traceId;
  }

  get spanId(): string | undefined {
    return this.trace === undefined ? this.scope?.spanId : this.trace.spanId;
  }

  /** End it: one line and one observation, however often it is called. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.durationMs = performance.now() - this.#startedMs;
    this.#onEnd(this);
  }
}
