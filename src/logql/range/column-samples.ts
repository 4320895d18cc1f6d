import { planColumns } from "../columns/column-plan.ts";
import { ColumnReader, type JudgedLines, verdict } from "../columns/column-reader.ts";
import type { EvaluationContext } from "../evaluation-context.ts";
import { Entry, errorDetailsLabel, errorLabel } from "../labels/entry.ts";
import type { ChunkSource, ScanWindow } from "../scan.ts";
import type { ParserHints } from "../stages/hints.ts";
import type { Pipeline } from "../stages/pipeline.ts";
import type { Grouping } from "../syntax/ast.ts";
import type { SeriesIndex } from "./series-index.ts";
import type { SeriesSamples } from "./series-samples.ts";

interface SeriesReading extends Pick<EvaluationContext, "profile" | "tables"> {
  readonly hints: ParserHints;
  readonly grouping: Grouping | undefined;
}

/** What reads the samples of a pipeline from columns; undefined where lines must be read one by one. */
export function seriesReader(
  pipeline: Pipeline,
  { profile, tables, hints, grouping }: SeriesReading,
): ColumnReader | undefined {
  // Without names to group by, every label of a line counts.
  if (!tables || !grouping || grouping.without) return undefined;
  const plan = planColumns(pipeline, { profile, hints });
  const unwrapped = pipeline.stages.flatMap((stage) => (stage.kind === "unwrap" ? [stage.name] : []));
  const refused = [errorLabel, errorDetailsLabel, ...unwrapped];
  if (!plan.isWhole || grouping.names.some((name) => refused.includes(name))) return undefined;
  return new ColumnReader({ ...plan, names: new Set([...plan.names, ...grouping.names]) }, tables);
}

export interface ColumnSampling {
  /** The labels of the series. */
  readonly names: readonly string[];
  /** A sample is the size of its line. */
  readonly countsBytes: boolean;
  readonly window: ScanWindow;
  readonly index: SeriesIndex;
  /** Takes a line that only the pipeline can judge, by its number. */
  readonly ask: (line: number) => void;
}

/** Add the samples of the lines that stay to their series, without looking at the lines. */
export function sampleColumns(read: JudgedLines, source: ChunkSource, sampling: ColumnSampling): void {
  const { lines, verdicts, samples } = read;
  const { chunk } = source;
  const { countsBytes, window, ask } = sampling;
  const seriesOf = seriesByCodes(read, source, sampling);
  for (let n = 0; n < lines.length; n++) {
    const said = verdicts[n];
    if (said === verdict.drop) continue;
    const line = lines[n] ?? 0;
    if (said === verdict.ask) {
      ask(line);
      continue;
    }
    const at = window.time.relative(chunk.ms(line), chunk.subNs(line));
    if (at < window.from || at >= window.to) continue;
    const value = samples ? (samples.byCode[samples.column.codes[n] ?? 0] ?? 0) : 1;
    seriesOf(n).add(at, countsBytes ? chunk.end(line) - chunk.start(line) : value);
  }
}

// Lines with the same codes belong to the same series: its labels are put together once.
function seriesByCodes(
  { columns }: JudgedLines,
  { stream }: ChunkSource,
  { names, index }: ColumnSampling,
): (n: number) => SeriesSamples {
  const entry = new Entry();
  entry.enterStream(stream.labels, stream.byName);
  const grouped = names.flatMap((name) => {
    const column = columns.get(name);
    return column ? [{ name, column }] : [];
  });
  const find = (n: number): SeriesSamples => {
    entry.reset("", undefined);
    for (const { name, column } of grouped) {
      const value = column.values[column.codes[n] ?? 0];
      if (value !== undefined) entry.set(name, value);
    }
    return index.seriesOf(entry);
  };
  const [only] = grouped;
  const known: SeriesSamples[] = [];
  if (grouped.length > 1) return find;
  return (n) => {
    const code = only?.column.codes[n] ?? 0;
    known[code] ??= find(n);
    return known[code];
  };
}
