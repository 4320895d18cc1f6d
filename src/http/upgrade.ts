import { type Scope, scopes } from "../context/scope.ts";
import { propagationHeaders } from "./propagation.ts";
import { activeSpan, parseTraceparent, type TraceIds } from "./trace-context.ts";
import type { Upgrades } from "./upgrades.ts";

/** A request to upgrade a connection as an adapter shows it. */
export interface UpgradeSource {
  readonly method: string;
  readonly target: string;
  /** A request header by lower-case name. */
  requestHeader(name: string): string | undefined;
  readonly clientAddress: string | undefined;
}

/** A connection that asked to leave HTTP, from its request to its end: the scope of all that is done with it. */
export class Upgrade implements Scope {
  readonly source: UpgradeSource;
  readonly requestId: string;
  fields: Readonly<Record<string, unknown>> | undefined = undefined;
  isHushed = false;
  /** The status it was answered with, once it was. */
  status: number | undefined = undefined;
  /** What broke the connection, if anything did. */
  error: unknown = undefined;
  readonly #upgrades: Upgrades;
  readonly #trace: TraceIds | undefined;
  readonly #startedMs = performance.now();
  #closed = false;

  constructor(upgrades: Upgrades, source: UpgradeSource, requestId: string) {
    this.#upgrades = upgrades;
    this.source = source;
    this.requestId = requestId;
    this.#trace = activeSpan() ?? parseTraceparent(source.requestHeader("traceparent") ?? "");
  }

  get owner(): object {
    return this.#upgrades.owner;
  }

  get traceId(): string | undefined {
    return this.#trace?.traceId;
  }

  get spanId(): string | undefined {
    return this.#trace?.spanId;
  }

  get isOpen(): boolean {
    return this.status === 101 && !this.#closed;
  }

  /** Milliseconds since the request arrived. */
  get ageMs(): number {
    return performance.now() - this.#startedMs;
  }

  run<T>(work: () => T): T {
    return scopes.run(this, work);
  }

  addFields(fields: Readonly<Record<string, unknown>>): void {
    this.fields = { ...this.fields, ...fields };
  }

  hush(): void {
    this.isHushed = true;
  }

  propagationHeaders(): Record<string, string> {
    const trusted = this.#trace === undefined ? undefined : this.source;
    return propagationHeaders(this.#upgrades.requestIdHeader, this.requestId, trusted);
  }

  /** Tell the status it was answered with: 101, or a refusal. */
  answer(status: number): void {
    if (this.status !== undefined || this.#closed) return;
    this.status = status;
    this.#upgrades.answered(this);
  }

  /** Tell that the connection closed, and the error that broke it. */
  close(error: unknown): void {
    if (this.#closed) return;
    const wasOpen = this.isOpen;
    this.#closed = true;
    this.error = error;
    if (wasOpen) this.#upgrades.closed(this);
    else if (this.status === undefined) this.#upgrades.answered(this);
  }
}
