import { LogqlError } from "./errors.ts";
import { Entry } from "./labels/entry.ts";
import { entryLabels } from "./labels/entry-labels.ts";
import { LabelSet } from "./labels/label-set.ts";
import { selectorTest } from "./match/selector.ts";
import { type ProfileVersion, profiles } from "./profile.ts";
import type { EntryLabels } from "./result.ts";
import { everything, hintsFor, type ParserHints } from "./stages/hints.ts";
import { compilePipeline } from "./stages/pipeline.ts";
import { decodeMetadata, encodeMetadata } from "./store/metadata.ts";
import { Stream } from "./store/stream.ts";
import type { Stage } from "./syntax/ast.ts";
import { parse } from "./syntax/parse.ts";

/** A line that passed a log query. */
export interface StreamedLine {
  /** As the pipeline leaves it. */
  readonly line: string;
  /** Every label, those of parsers included; only of use until the next line is run. */
  labels(): Record<string, string>;
  /** The same by category; only of use until the next line is run. */
  categorized(): { readonly stream: Record<string, string>; readonly own: EntryLabels };
}

/** A log query over lines that come one by one, and are not held. */
export interface LogStream {
  /** Make the stream known that the next lines belong to; whether its lines can pass at all. */
  enter(labels: Readonly<Record<string, string>>): boolean;
  /** Run one line; undefined when it does not pass. */
  run(
    line: string,
    time: { readonly ms: number; readonly subNs: number },
    metadata?: Readonly<Record<string, string>>,
  ): StreamedLine | undefined;
}

export interface LogStreamOptions {
  readonly profile?: ProfileVersion;
  /** Whether the caller asks for labels. Without, parsers read no more than the query itself needs. */
  readonly labels: boolean;
}

/**
 * Begin a log query over lines that come one by one.
 * @throws LogqlError when the text is no log query.
 */
export function createLogStream(text: string, options: LogStreamOptions): LogStream {
  const expression = parse(text);
  if (expression.kind !== "log") throw new LogqlError("execution", "a metric query gives samples, not lines");
  const profile = profiles[options.profile ?? "3.7"];
  const hints = options.labels ? everything : hintsOf(expression.stages);
  const pipeline = compilePipeline(expression, { profile, hints });
  const matches = selectorTest(expression.selector);
  const entry = new Entry();
  const passed: StreamedLine = {
    get line() {
      return entry.line;
    },
    labels: () => entry.labels().toObject(),
    categorized: () => {
      const { stream, ...own } = entry.categorized();
      return { stream: stream.toObject(), own: entryLabels(own) };
    },
  };
  let byName: ReadonlyMap<string, string> = new Map();
  return {
    enter: (labels) => {
      const stream = new Stream(LabelSet.from(Object.entries(labels).filter(([, value]) => value !== "")));
      byName = stream.byName;
      entry.enterStream(stream.labels, byName);
      return matches(stream);
    },
    run: (line, { ms, subNs }, metadata) => {
      entry.reset(line, metadata && decodeMetadata(encodeMetadata(metadata).text, byName));
      entry.ms = ms;
      entry.subNs = subNs;
      return pipeline.run(entry) === undefined ? undefined : passed;
    },
  };
}

// Other stages may write any label into the line, so that all are needed.
const readsByName: ReadonlySet<Stage["kind"]> = new Set(["line-filter", "json", "logfmt", "label-filter"]);

function hintsOf(stages: readonly Stage[]): ParserHints {
  return stages.every(({ kind }) => readsByName.has(kind)) ? hintsFor([], stages) : everything;
}
