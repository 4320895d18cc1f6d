import { type Alert, labelKey } from "../alert-state.ts";

export interface NotifierOptions {
  /** The Alertmanager's address, without the API's path. */
  readonly url: string;
  /** Where an alert's link leads. */
  readonly generatorUrl: string;
  /** Hears why alerts could not be sent, once until they can be again. */
  readonly onProblem: (message: string) => void;
}

// As Prometheus: an alert that goes on is said again each minute, and is over for the Alertmanager after four without.
const repeatMs = 60_000;
const validMs = 4 * repeatMs;
const timeoutMs = 10_000;

/** Tells an Alertmanager of alerts that fire and that are over. @see https://prometheus.io/docs/alerting/latest/alerts_api/ */
export class Notifier {
  readonly #options: NotifierOptions;
  readonly #sentMs: Map<string, number> = new Map();
  #over: Alert[] = [];
  #failing = false;

  constructor(options: NotifierOptions) {
    this.#options = options;
  }

  /** Take note of an alert that is over; it is sent with the next ones. */
  resolve(alert: Alert): void {
    this.#over.push(alert);
  }

  /** Send what is due of the alerts that fire. */
  async send(firing: readonly Alert[], nowMs: number): Promise<void> {
    const due = firing.filter(({ labels }) => nowMs - (this.#sentMs.get(labelKey(labels)) ?? 0) >= repeatMs);
    const over = this.#over.splice(0);
    if (due.length + over.length === 0) return;
    const sent = await this.#post([
      ...due.map((alert) => this.#message(alert, nowMs + validMs)),
      ...over.map((alert) => this.#message(alert, alert.keptSinceMs ?? nowMs)),
    ]);
    // What is over is said once: it is kept until it was heard.
    if (!sent) this.#over.unshift(...over.slice(0, 1000));
    for (const { labels } of over) this.#sentMs.delete(labelKey(labels));
    if (sent) for (const { labels } of due) this.#sentMs.set(labelKey(labels), nowMs);
  }

  #message({ labels, annotations, firedAtMs, activeAtMs }: Alert, endsAtMs: number): object {
    return {
      labels,
      annotations,
      startsAt: new Date(firedAtMs ?? activeAtMs).toISOString(),
      endsAt: new Date(endsAtMs).toISOString(),
      generatorURL: this.#options.generatorUrl,
    };
  }

  async #post(messages: readonly object[]): Promise<boolean> {
    const { url, onProblem } = this.#options;
    const problem = await fetch(new URL("/api/v2/alerts", url), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(messages),
      signal: AbortSignal.timeout(timeoutMs),
    }).then(
      async (answer) =>
        answer.ok ? undefined : `answered ${answer.status}: ${(await answer.text()).slice(0, 200)}`,
      (error: unknown) => `can't be reached: ${reason(error)}`,
    );
    if (problem !== undefined && !this.#failing) onProblem(`Alertmanager ${url} ${problem}`);
    this.#failing = problem !== undefined;
    return problem === undefined;
  }
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
