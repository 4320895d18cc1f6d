import { describe, expect, it } from "vitest";
import { createEngine, LogStore } from "../../src/logql/index.ts";
import { evaluateAlert, evaluateRecording } from "../../src/rules/evaluate-rule.ts";
import { AlertState, logqlQuery, parseRuleFile } from "../../src/rules/index.ts";
import type { AlertingRule, RecordingRule, Rule } from "../../src/rules/rule-file.ts";

const store = new LogStore();
store.push([
  {
    stream: { app: "a", env: "prod" },
    values: [
      ["1000000000", "x"],
      ["2000000000", "x"],
    ],
  },
  { stream: { app: "b", env: "prod" }, values: [["1000000000", "x"]] },
]);

function rule(yaml: string): Rule {
  const { file, problems } = parseRuleFile(`groups: [{name: g, rules: [${yaml}]}]`, "r.yml");
  const [found] = file.groups[0]?.rules ?? [];
  if (!found) throw new Error(JSON.stringify(problems));
  return found;
}

function alerting(yaml: string): AlertingRule {
  const found = rule(yaml);
  if (found.kind !== "alert") throw new Error("not an alert");
  return found;
}

const environment = {
  query: logqlQuery(createEngine(store)),
  limit: 0,
  queryOffsetMs: 0,
  externalLabels: {},
  externalUrl: "",
};

describe("the evaluation of an alerting rule", () => {
  it("gives an alert for each sample, with the rule's labels over the sample's", () => {
    const one = alerting(
      `{alert: A, expr: 'count_over_time({env="prod"}[1m]) > 0', labels: {app: "{{ $labels.app }}!", env: "", n: "{{ $value }}"}}`,
    );
    const state = new AlertState(one);
    evaluateAlert(one, state, { nowMs: 60_000, environment });
    expect(state.firing().map(({ labels }) => labels)).toEqual([
      { alertname: "A", app: "a!", n: "2" },
      { alertname: "A", app: "b!", n: "1" },
    ]);
  });

  it("fails when the rule's labels make two samples alike, and leaves the state as it was", () => {
    const state = new AlertState({ forMs: 0, keepFiringForMs: 0 });
    const good = alerting(`{alert: A, expr: 'sum(count_over_time({env="prod"}[1m])) > 0'}`);
    evaluateAlert(good, state, { nowMs: 30_000, environment });
    const before = state.alerts();
    const bad = alerting(`{alert: A, expr: 'count_over_time({env="prod"}[1m]) > 0', labels: {app: same}}`);
    expect(() => evaluateAlert(bad, state, { nowMs: 60_000, environment })).toThrow(
      'two samples have the same labels once the rule\'s are added: {alertname="A", app="same", env="prod"}',
    );
    expect(state.alerts()).toEqual(before);
  });

  it("fails over the group's limit, and forgets its alerts", () => {
    const one = alerting(`{alert: A, expr: 'count_over_time({env="prod"}[1m]) > 0'}`);
    const state = new AlertState(one);
    evaluateAlert(one, state, { nowMs: 60_000, environment });
    const evaluate = (): void =>
      evaluateAlert(one, state, { nowMs: 60_500, environment: { ...environment, limit: 1 } });
    expect(evaluate).toThrow("exceeded limit of 1 with 2 alerts");
    expect(state.alerts()).toEqual([]);
  });

  it("queries at the time less query_offset", () => {
    const one = alerting(`{alert: A, expr: 'count_over_time({app="b"}[1s]) > 0'}`);
    const state = new AlertState(one);
    evaluateAlert(one, state, { nowMs: 31_000, environment: { ...environment, queryOffsetMs: 30_000 } });
    expect(state.firing()).toHaveLength(1);
  });
});

describe("the evaluation of a recording rule", () => {
  it("gives the series it would write", () => {
    // The YAML says record.
    const one = rule(
      `{record: 'app:lines', expr: 'sum by (app) (count_over_time({env="prod"}[1m]))', labels: {team: core}}`,
    ) as RecordingRule;
    expect(evaluateRecording(one, { nowMs: 60_000, environment })).toEqual([
      { labels: { __name__: "app:lines", app: "a", team: "core" }, value: 2 },
      { labels: { __name__: "app:lines", app: "b", team: "core" }, value: 1 },
    ]);
    expect(() =>
      evaluateRecording(one, { nowMs: 60_000, environment: { ...environment, limit: 1 } }),
    ).toThrow("exceeded limit of 1 with 2 series");
  });
});
