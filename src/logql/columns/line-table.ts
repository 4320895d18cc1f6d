import { Entry } from "../labels/entry.ts";
import type { StageRunner } from "../stages/stage-runner.ts";
import type { Chunk } from "../store/chunk.ts";
import { Column } from "./column.ts";

/** Which lines a table has: those that pass the filters. */
export interface LineChoice {
  /** Tells choices apart. */
  readonly key: string;
  /** Bytes that every line which passes holds. */
  readonly needle: Buffer | undefined;
  /** Missing where all that hold the bytes pass. */
  readonly passes: StageRunner | undefined;
}

/** What fills a column. */
export interface ColumnSource {
  /** Tells sources apart. */
  readonly key: string;
  /** The value of a line; null where the line alone does not tell. */
  readonly read: (line: string) => string | undefined | null;
}

/**
 * The lines of one chunk that pass some line filters, and what parsers read in them. It grows as the chunk does: lines
 * are only ever added, so each is looked for and parsed once, however many queries ask.
 */
export class LineTable {
  readonly #choice: LineChoice;
  readonly #columns: Map<string, Column> = new Map();
  readonly #lines: number[] = [];
  #seen = 0;

  constructor(choice: LineChoice) {
    this.#choice = choice;
  }

  /** The numbers of the lines. */
  get lines(): readonly number[] {
    return this.#lines;
  }

  /** Bytes of memory taken, about. */
  get footprint(): number {
    let bytes = this.#lines.length * 8;
    for (const column of this.#columns.values()) bytes += column.footprint;
    return bytes;
  }

  /** Read what came since, and what was not asked for before. */
  columns(chunk: Chunk, sources: readonly ColumnSource[]): Column[] {
    this.#find(chunk);
    const columns = sources.map(({ key }) => {
      const column = this.#columns.get(key) ?? new Column();
      this.#columns.set(key, column);
      return column;
    });
    const from = Math.min(...columns.map(({ count }) => count));
    for (let i = from; i < this.#lines.length; i++) {
      const line = chunk.line(this.#lines[i] ?? 0);
      columns.forEach((column, n) => {
        if (column.count === i) column.add(sources[n]?.read(line));
      });
    }
    return columns;
  }

  /** Forget all other columns. */
  keep(keys: readonly string[]): void {
    for (const key of this.#columns.keys()) if (!keys.includes(key)) this.#columns.delete(key);
  }

  #find(chunk: Chunk): void {
    const { needle, passes } = this.#choice;
    const entry = new Entry();
    for (const i of needle ? chunk.findAll(needle, this.#seen) : from(this.#seen, chunk.count)) {
      if (passes) entry.reset(chunk.line(i), undefined);
      if (!passes || passes(entry)) this.#lines.push(i);
    }
    this.#seen = chunk.count;
  }
}

function* from(first: number, end: number): Iterable<number> {
  for (let i = first; i < end; i++) yield i;
}
