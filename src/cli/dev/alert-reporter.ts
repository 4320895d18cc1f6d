import type { Alert } from "../../rules/index.ts";
import { labelText } from "../../rules/index.ts";

/** Says in the terminal which alerts fire and which are over, and sums up at the end. */
export class AlertReporter {
  readonly #say: (text: string) => void;
  readonly #fired: Map<string, number> = new Map();

  constructor(say: (text: string) => void) {
    this.#say = say;
  }

  take({ state, labels, annotations }: Alert): void {
    const { alertname = "", ...others } = labels;
    // A watchdog fires always, to prove that alerts are delivered.
    if (state === "pending" || labels["severity"] === "none") return;
    if (state === "firing") this.#fired.set(alertname, (this.#fired.get(alertname) ?? 0) + 1);
    const summary = annotations["summary"] ?? annotations["description"] ?? "";
    const mark = state === "firing" ? "alert fires" : "alert is over";
    this.#say(`${mark}: ${alertname} ${labelText(others)} ${summary}`.trimEnd());
  }

  /** What fired, how often. */
  summarize(): void {
    if (this.#fired.size === 0) return;
    const list = [...this.#fired].map(([name, times]) => (times === 1 ? name : `${name} (${times} times)`));
    this.#say(`alerts that fired: ${list.join(", ")}`);
  }
}
