import { LabelSet } from "../../logql/parts.ts";
import type { SeriesStore } from "../../promql/index.ts";
import type { RuleState } from "../../rules/index.ts";

/** Writes what rules give into the store: recorded series, and `ALERTS` and `ALERTS_FOR_STATE` of alerts. */
export class RuleWriter {
  readonly #store: SeriesStore;
  readonly #written: Map<RuleState, ReadonlyMap<string, LabelSet>> = new Map();

  constructor(store: SeriesStore) {
    this.#store = store;
  }

  /** Write what an evaluation that succeeded left; series that it no longer gives are marked as ended. */
  write(state: RuleState, nowMs: number): void {
    const written = new Map<string, LabelSet>();
    for (const { labels, value } of seriesOf(state)) {
      const set = LabelSet.from(Object.entries(labels));
      this.#store.append(set, nowMs, value);
      written.set(set.key, set);
    }
    for (const [key, labels] of this.#written.get(state) ?? [])
      if (!written.has(key)) this.#store.appendStale(labels, nowMs);
    this.#written.set(state, written);
  }
}

interface Written {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

function seriesOf(state: RuleState): readonly Written[] {
  if (!("alerts" in state)) return state.samples;
  const active = state.alerts.alerts().filter((alert) => alert.state !== "resolved");
  return active.flatMap(({ labels, state: alertstate, activeAtMs }) => [
    { labels: { ...labels, __name__: "ALERTS", alertstate }, value: 1 },
    { labels: { ...labels, __name__: "ALERTS_FOR_STATE" }, value: Math.floor(activeAtMs / 1000) },
  ]);
}
