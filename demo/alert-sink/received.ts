import type { Alert } from "./notification.ts";

// More than anybody looks back for; an alert is under 10 KB.
const kept = 200;

/** The alerts that came last, to be asked for. */
export class Received {
  readonly #alerts: { readonly receivedAt: string; readonly alert: Alert }[] = [];

  add(alert: Alert): void {
    this.#alerts.push({ receivedAt: new Date().toISOString(), alert });
    if (this.#alerts.length > kept) this.#alerts.shift();
  }

  /** Those that have all of these labels, the last first. */
  find(
    labels: ReadonlyMap<string, string>,
  ): readonly { readonly receivedAt: string; readonly alert: Alert }[] {
    return this.#alerts
      .filter(({ alert }) => [...labels].every(([name, value]) => alert.labels[name] === value))
      .reverse();
  }
}
