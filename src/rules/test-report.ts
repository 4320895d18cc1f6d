import type { ExpectedAlert, ExpectedLog, ExpectedSample } from "./test-file.ts";

/** What became of one test file. Times are milliseconds after the start of the test. */
export interface TestFileReport {
  readonly path: string;
  /** Set when the file or its rules could not be read; nothing was run then. */
  readonly problem: string | undefined;
  readonly tests: readonly TestReport[];
  readonly coverage: readonly RuleCoverage[];
  readonly durationMs: number;
}

export interface TestReport {
  readonly name: string;
  readonly line: number;
  /** Test cases looked at. */
  readonly cases: number;
  readonly failures: readonly Failure[];
  readonly durationMs: number;
}

export type Failure =
  | {
      readonly kind: "alert";
      readonly line: number;
      readonly alertname: string;
      readonly timeMs: number;
      readonly expected: readonly ExpectedAlert[];
      readonly got: readonly ExpectedAlert[];
      /** Why it came out so, for a person. */
      readonly notes: readonly string[];
    }
  | {
      readonly kind: "samples";
      readonly line: number;
      readonly expr: string;
      readonly timeMs: number;
      readonly expected: readonly ExpectedSample[];
      readonly got: readonly ExpectedSample[];
    }
  | {
      readonly kind: "logs";
      readonly line: number;
      readonly expr: string;
      readonly timeMs: number;
      readonly expected: readonly ExpectedLog[];
      readonly got: readonly ExpectedLog[];
    }
  | {
      readonly kind: "error";
      readonly line: number;
      /** `expr: "…"`, or the rule with its file. */
      readonly subject: string;
      readonly timeMs: number;
      readonly message: string;
    };

/** Whether the tests saw a rule both ways: with a firing alert (or a series), and without. */
export interface RuleCoverage {
  readonly kind: "alert" | "record";
  readonly name: string;
  readonly group: string;
  readonly file: string;
  readonly line: number;
  readonly firing: boolean;
  readonly silent: boolean;
}
