import type { Outcome } from "../contract/fields.ts";
import { EventFields, named } from "../logger/event-fields.ts";
import type { Level } from "../logger/levels.ts";
import type { EventLog } from "../logger/logger.ts";
import type { UpgradeMetrics } from "../metrics/upgrade-metrics.ts";
import { plainAddress } from "./client-address.ts";
import { boundedMethod } from "./method.ts";
import { levelOf, outcomeOf } from "./outcome.ts";
import type { MaskPath } from "./path-mask.ts";
import { maskedQuery, pathOf } from "./target.ts";
import { Upgrade, type UpgradeSource } from "./upgrade.ts";

/** What upgrades share with the exchanges of their process. */
export interface UpgradesOptions {
  /** Whose scopes they are. */
  readonly owner: object;
  readonly requestIdHeader: string;
  readonly requestId: (source: Pick<UpgradeSource, "requestHeader">) => string;
  readonly isSkipped: (path: string) => boolean;
  readonly maskPath: MaskPath;
  readonly queryAllow: ReadonlySet<string>;
  readonly events: EventLog;
  readonly metrics: UpgradeMetrics;
}

/** The connections of a process that left HTTP, WebSockets for the most part: no exchanges, and no latencies. */
export class Upgrades {
  readonly #options: UpgradesOptions;
  readonly #open: Set<Upgrade> = new Set();

  constructor(options: UpgradesOptions) {
    this.#options = options;
  }

  get owner(): object {
    return this.#options.owner;
  }

  get requestIdHeader(): string {
    return this.#options.requestIdHeader;
  }

  /** Begin an upgrade; undefined for a path that is not to be watched. */
  begin(source: UpgradeSource): Upgrade | undefined {
    const { isSkipped, requestId } = this.#options;
    return isSkipped(pathOf(source.target)) ? undefined : new Upgrade(this, source, requestId(source));
  }

  /** Write down how it was answered, or that nobody did. For {@link Upgrade.answer}, which sees to it that it happens once. */
  answered(upgrade: Upgrade): void {
    const { status, source } = upgrade;
    if (upgrade.isOpen) this.#open.add(upgrade);
    const outcome = outcomeOf({ status, isComplete: status !== undefined, hasFailed: false });
    const type = failureOf(outcome, status);
    this.#options.metrics.answered(protocolOf(source), status, type);
    const what = status === 101 ? "opened" : (status ?? "aborted");
    this.#write(upgrade, { event: "http.server.upgrade", what, outcome, errorType: type });
  }

  /** Write down that an open connection closed. */
  closed(upgrade: Upgrade): void {
    this.#open.delete(upgrade);
    const { error, source, ageMs, traceId, spanId } = upgrade;
    // Mostly a client that is gone: which is how such connections end.
    const outcome = error === undefined ? "ok" : "aborted";
    this.#options.metrics.closed(protocolOf(source), ageMs / 1_000, { traceId, spanId });
    this.#write(upgrade, {
      event: "http.server.upgrade.close",
      what: "closed",
      outcome,
      level: "info",
      errorType: error === undefined ? undefined : "client_aborted",
    });
  }

  /** Write down the end of those still open: the process may be gone before their sockets tell of it. */
  close(): void {
    for (const upgrade of this.#open) upgrade.close(undefined);
  }

  #write(upgrade: Upgrade, end: UpgradeEnd): void {
    const { isHushed, source } = upgrade;
    const level = isHushed ? "debug" : (end.level ?? levelOf[end.outcome]);
    if (!this.#options.events.isEnabled(level)) return;
    const path = this.#options.maskPath(pathOf(source.target), undefined);
    const msg = `${protocolOf(source)} ${path} ${end.what}`;
    this.#options.events.write(level, msg, this.#fields(upgrade, end, path), upgrade.fields);
  }

  #fields(
    { source, requestId, traceId, spanId, status, ageMs }: Upgrade,
    end: UpgradeEnd,
    path: string,
  ): EventFields {
    const fields = new EventFields();
    fields.word(named.event_name, end.event);
    fields.word(named.request_id, requestId);
    if (traceId !== undefined) fields.word(named.trace_id, traceId);
    if (spanId !== undefined) fields.word(named.span_id, spanId);
    fields.word(named.http_request_method, boundedMethod(source.method));
    fields.text(named.url_path, path);
    const query = maskedQuery(source.target, this.#options.queryAllow);
    if (query !== undefined) fields.text(named.url_query, query);
    if (status !== undefined) fields.number(named.http_response_status_code, status);
    if (source.clientAddress !== undefined)
      fields.text(named.client_address, plainAddress(source.clientAddress));
    const userAgent = source.requestHeader("user-agent");
    if (userAgent !== undefined) fields.text(named.user_agent_original, userAgent.slice(0, 512));
    fields.word(named.network_protocol_name, protocolOf(source));
    fields.number(named.duration_ms, Math.round(ageMs * 1_000) / 1_000);
    fields.word(named.outcome, end.outcome);
    if (end.errorType !== undefined) fields.text(named.error_type, end.errorType);
    return fields;
  }
}

interface UpgradeEnd {
  readonly event: "http.server.upgrade" | "http.server.upgrade.close";
  readonly what: string | number;
  readonly outcome: Outcome;
  readonly errorType: string | undefined;
  /** Where it isn't the outcome's own. */
  readonly level?: Level;
}

function failureOf(outcome: Outcome, status: number | undefined): string | undefined {
  if (outcome === "aborted") return "client_aborted";
  return outcome === "server_error" ? String(status) : undefined;
}

/** The protocol that was asked for, as one of few: anything may stand in the header. */
function protocolOf(source: UpgradeSource): string {
  const name = source.requestHeader("upgrade")?.toLowerCase();
  return name === "websocket" || name === "h2c" ? name : "_OTHER";
}
