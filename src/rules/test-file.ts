/** A file of rule tests: promtool's format, with log streams in place of series. Times are milliseconds. */
export interface TestFile {
  readonly path: string;
  /** Globs, relative to the test file. */
  readonly ruleFiles: readonly string[];
  readonly evaluationIntervalMs: number;
  readonly fuzzyCompare: boolean;
  readonly groupEvalOrder: readonly string[];
  readonly tests: readonly TestGroup[];
}

export interface TestGroup {
  readonly name: string;
  readonly line: number;
  /** Time zero of the test, since 1970. */
  readonly startMs: number;
  readonly streams: readonly InputStream[];
  readonly externalLabels: Readonly<Record<string, string>>;
  readonly externalUrl: string;
  readonly alertTests: readonly AlertTest[];
  readonly recordingTests: readonly RecordingTest[];
  readonly exprTests: readonly ExprTest[];
}

export interface InputStream {
  readonly labels: Readonly<Record<string, string>>;
  readonly entries: readonly InputEntry[];
}

/** One line, written `repeat` times, `everyMs` apart. */
export interface InputEntry {
  readonly atMs: number;
  readonly everyMs: number;
  readonly repeat: number;
  readonly line: string;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface ExpectedAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface ExpectedSample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface ExpectedLog {
  readonly labels: Readonly<Record<string, string>>;
  readonly line: string;
  /** Nanoseconds; undefined accepts any time. */
  readonly timestamp: string | undefined;
}

interface TestCase {
  readonly line: number;
  readonly evalTimeMs: number;
}

export interface AlertTest extends TestCase {
  readonly alertname: string;
  readonly alerts: readonly ExpectedAlert[];
}

export interface RecordingTest extends TestCase {
  readonly record: string;
  readonly samples: readonly ExpectedSample[];
}

export interface ExprTest extends TestCase {
  readonly expr: string;
  readonly samples: readonly ExpectedSample[];
  /** For a log query. */
  readonly logs: readonly ExpectedLog[] | undefined;
  /** Part of the error the query has to fail with. */
  readonly error: string | undefined;
}
