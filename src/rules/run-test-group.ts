import { createEngine, type Engine } from "../logql/index.ts";
import { checkExpression } from "./check-expression.ts";
import { checkAlert, checkRecording } from "./check-rule.ts";
import type { CoverageLog } from "./coverage.ts";
import { storeOf } from "./input-store.ts";
import { logqlQuery } from "./instant-query.ts";
import type { RuleFile } from "./rule-file.ts";
import { type RuleFailure, RuleRun } from "./rule-run.ts";
import type { TestFile, TestGroup } from "./test-file.ts";
import type { Failure, TestReport } from "./test-report.ts";

export interface TestContext {
  readonly file: TestFile;
  readonly rules: readonly RuleFile[];
  readonly coverage: CoverageLog;
}

/** Run one test: its streams go into a store, its rules are evaluated over time, and its cases are checked. */
export function runTestGroup(group: TestGroup, context: TestContext): TestReport {
  const began = performance.now();
  const engine = createEngine(storeOf(group));
  const failures = [...runRules(group, context, engine), ...runExpressions(group, context, engine)];
  return {
    name: group.name,
    line: group.line,
    cases: group.alertTests.length + group.recordingTests.length + group.exprTests.length,
    failures,
    durationMs: performance.now() - began,
  };
}

function runRules(group: TestGroup, { file, rules, coverage }: TestContext, engine: Engine): Failure[] {
  const run = new RuleRun(rules, {
    evaluationIntervalMs: file.evaluationIntervalMs,
    groupEvalOrder: file.groupEvalOrder,
    startMs: group.startMs,
    environment: {
      query: logqlQuery(engine),
      externalLabels: group.externalLabels,
      externalUrl: group.externalUrl,
    },
  });
  const cases = [
    ...group.alertTests.map((test) => ({ test, check: () => checkAlert(test, run, coverage) })),
    ...group.recordingTests.map((test) => ({
      test,
      check: () => checkRecording(test, run, { coverage, file }),
    })),
  ].sort((a, b) => a.test.evalTimeMs - b.test.evalTimeMs);
  const failures = cases.flatMap(({ test, check }) => {
    run.advanceTo(group.startMs + test.evalTimeMs);
    return check();
  });
  return [...run.failures().map(evaluationFailure), ...failures];
}

function runExpressions(group: TestGroup, { file }: TestContext, engine: Engine): Failure[] {
  return group.exprTests.flatMap((test) =>
    checkExpression(test, { engine, startMs: group.startMs, fuzzy: file.fuzzyCompare }),
  );
}

function evaluationFailure({ rule, message, firstMs, count }: RuleFailure): Failure {
  const times = count === 1 ? "" : ` (and at ${count - 1} later evaluations)`;
  return {
    kind: "error",
    line: rule.line,
    subject: `rule: ${rule.name} (${rule.file}:${rule.line})`,
    timeMs: firstMs,
    message: message + times,
  };
}
