import type { Chunk } from "../store/chunk.ts";
import type { Column } from "./column.ts";
import type { ColumnPlan } from "./column-plan.ts";
import { LineTable } from "./line-table.ts";

/** Lines of a chunk, by their numbers, and what a plan's tests ask of them, by label. */
export interface PlannedLines {
  readonly lines: readonly number[];
  readonly columns: ReadonlyMap<string, Column>;
}

// Of the bytes of a chunk: a column of routes or statuses takes a hundredth, one of ids a tenth.
const maxShare = 0.4;

/**
 * What queries read in the chunks of a store, for other queries: the panels of a dashboard ask for the same few fields
 * of the same lines, and again at every refresh. It goes with the chunk.
 */
export class LineTables {
  readonly #byChunk: WeakMap<Chunk, Map<string, LineTable>> = new WeakMap();

  read(chunk: Chunk, { choice, sources, tests }: ColumnPlan): PlannedLines {
    const tables = this.#byChunk.get(chunk) ?? new Map<string, LineTable>();
    this.#byChunk.set(chunk, tables);
    const table = tables.get(choice.key) ?? new LineTable(choice);
    tables.set(choice.key, table);
    const names = new Set(tests.map(({ column }) => column));
    const wanted = [...sources].filter(([name]) => names.has(name));
    const read = table.columns(
      chunk,
      wanted.map(([, source]) => source),
    );
    const columns = new Map(wanted.map(([name], i) => [name, read[i] as Column]));
    // What others asked for goes; what this query needs is in its hands.
    const bytes = [...tables.values()].reduce((sum, { footprint }) => sum + footprint, 0);
    if (bytes > chunk.size * maxShare) {
      tables.clear();
      table.keep(wanted.map(([, { key }]) => key));
      if (table.footprint <= chunk.size * maxShare) tables.set(choice.key, table);
    }
    return { lines: table.lines, columns };
  }
}
