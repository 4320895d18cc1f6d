import { Entry } from "../labels/entry.ts";
import type { ChunkSource } from "../scan.ts";
import type { Stream } from "../store/stream.ts";
import type { Column } from "./column.ts";
import type { ColumnPlan, ColumnTest } from "./column-plan.ts";
import type { LineTables, PlannedLines } from "./line-tables.ts";

/** What the tests of a plan say of a line: it is dropped, it stays, or only the pipeline knows. */
export const verdict = { drop: 0, keep: 1, ask: 2 } as const;

/** The lines of a chunk as a plan judges them. */
export interface JudgedLines extends PlannedLines {
  /** One for each of the lines. */
  readonly verdicts: Uint8Array;
  /** The sample of each value of the unwrapped column. */
  readonly samples: { readonly column: Column; readonly byCode: Float64Array } | undefined;
}

/** Runs one plan over chunk after chunk. */
export class ColumnReader {
  readonly #plan: ColumnPlan;
  readonly #tables: LineTables;
  readonly #entry: Entry = new Entry();

  constructor(plan: ColumnPlan, tables: LineTables) {
    this.#plan = plan;
    this.#tables = tables;
  }

  /** Undefined where lines bring labels of their own that the plan reads: only the pipeline sorts those out. */
  read({ chunk, stream }: ChunkSource): JudgedLines | undefined {
    const { names, sources, tests } = this.#plan;
    for (const name of sources.keys()) if (stream.byName.has(name)) return undefined;
    for (const name of names)
      if (chunk.metadataNames.has(name.replace(/_extracted$/, "")) || chunk.metadataNames.has(name))
        return undefined;
    const read = this.#tables.read(chunk, this.#plan);
    const verdicts = new Uint8Array(read.lines.length).fill(verdict.keep);
    let samples: JudgedLines["samples"];
    for (const test of tests) {
      const column = test.column === undefined ? undefined : read.columns.get(test.column);
      const judged = this.#judge(test, column?.values ?? [undefined, undefined], stream);
      if (column) judge(verdicts, column.codes, judged.verdicts);
      else if (judged.verdicts[1] !== verdict.keep) verdicts.fill(judged.verdicts[1] ?? verdict.ask);
      if (test.isSample && column) samples = { column, byCode: judged.samples };
    }
    return { ...read, verdicts, samples };
  }

  /** Run a test on every value of its column, whose first is none. */
  #judge(
    { column, run }: ColumnTest,
    values: readonly (string | undefined)[],
    { labels, byName }: Stream,
  ): { readonly verdicts: Uint8Array; readonly samples: Float64Array } {
    const entry = this.#entry;
    entry.enterStream(labels, byName);
    entry.reset("", undefined);
    const verdicts = new Uint8Array(values.length).fill(run ? verdict.ask : verdict.keep);
    verdicts[0] = verdict.ask;
    const samples = new Float64Array(values.length);
    for (let code = 1; run && code < values.length; code++) {
      const value = values[code];
      if (value === undefined || entry.error !== "") entry.reset("", undefined);
      if (column !== undefined && value !== undefined) entry.set(column, value);
      const sample = run(entry);
      samples[code] = sample ?? 0;
      if (entry.error === "") verdicts[code] = sample === undefined ? verdict.drop : verdict.keep;
    }
    return { verdicts, samples };
  }
}

// What a test before this one has decided stays.
function judge(verdicts: Uint8Array, codes: Uint32Array, byCode: Uint8Array): void {
  for (let i = 0; i < verdicts.length; i++)
    if (verdicts[i] === verdict.keep) verdicts[i] = byCode[codes[i] ?? 0] ?? verdict.ask;
}
