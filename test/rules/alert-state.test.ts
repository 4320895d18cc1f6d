import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { AlertState, parseDurationMs } from "../../src/rules/index.ts";

interface Golden {
  readonly recordedWith: string;
  readonly cases: readonly {
    readonly for: string;
    readonly keep_firing_for: string;
    readonly present: string;
    readonly firing: string;
  }[];
}

const golden: Golden = JSON.parse(readFileSync(new URL("./golden/states.json", import.meta.url), "utf8"));

function stateOf(waits: string, keeps: string): AlertState {
  return new AlertState({ forMs: parseDurationMs(waits) ?? 0, keepFiringForMs: parseDurationMs(keeps) ?? 0 });
}

const candidate = { labels: { alertname: "A" }, annotations: {}, value: 1 };

describe(`alerts fire when ${golden.recordedWith} has them fire`, () => {
  it.each(golden.cases)("for $for, keep_firing_for $keep_firing_for: $present", (one) => {
    const state = stateOf(one.for, one.keep_firing_for);
    const firing = Array.from(one.present, (present, minute) => {
      state.update(present === "1" ? [candidate] : [], minute * 60_000);
      return state.firing().length > 0 ? "1" : "0";
    });
    expect(firing.join("")).toBe(one.firing);
  });
});

describe("the state of an alert", () => {
  it("is kept apart for each label set", () => {
    const state = stateOf("1m", "0s");
    const other = { ...candidate, labels: { alertname: "A", route: "/b" } };
    state.update([candidate], 0);
    state.update([candidate, other], 60_000);
    expect(state.alerts().map((alert) => [alert.labels["route"], alert.state])).toEqual([
      [undefined, "firing"],
      ["/b", "pending"],
    ]);
  });

  it("takes the value and the annotations of the last evaluation", () => {
    const state = stateOf("0s", "0s");
    state.update([candidate], 0);
    state.update([{ ...candidate, value: 2, annotations: { summary: "two" } }], 60_000);
    expect(state.firing()).toMatchObject([{ value: 2, annotations: { summary: "two" }, activeAtMs: 0 }]);
  });

  it("keeps those of the last evaluation that gave it while keep_firing_for holds it", () => {
    const state = stateOf("0s", "5m");
    state.update([{ ...candidate, value: 7 }], 0);
    state.update([], 60_000);
    expect(state.firing()).toMatchObject([{ value: 7, keptSinceMs: 60_000 }]);
  });

  it("shows a resolved alert for 15 minutes, then forgets it", () => {
    const state = stateOf("0s", "0s");
    state.update([candidate], 0);
    state.update([], 60_000);
    expect(state.alerts().map((alert) => alert.state)).toEqual(["resolved"]);
    state.update([], 60_000 * 17);
    expect(state.alerts()).toEqual([]);
  });
});
