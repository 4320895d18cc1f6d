/**
 * What one parser reads in many lines: a number a line, that stands for a value. Lines of one service repeat the same few
 * routes, outcomes and statuses, so that a query judges each value once, where it would judge each line.
 */
export class Column {
  /** The values by their code. The code 0 is of lines that only the whole pipeline can judge. */
  readonly values: (string | undefined)[] = [undefined];
  readonly #codeOf: Map<string | undefined, number> = new Map();
  #codes: Uint32Array = new Uint32Array(16);
  #count = 0;
  #valueBytes = 0;

  /** Lines read so far. */
  get count(): number {
    return this.#count;
  }

  /** The code of each line. */
  get codes(): Uint32Array {
    return this.#codes;
  }

  /** Bytes of memory taken, about. */
  get footprint(): number {
    return this.#codes.byteLength + this.#valueBytes;
  }

  /** Add a line's value; null where it can't be told on its own. */
  add(value: string | undefined | null): void {
    this.#push(value === null ? 0 : (this.#codeOf.get(value) ?? this.#learn(value)));
  }

  #push(code: number): void {
    if (this.#count === this.#codes.length) this.#codes = doubled(this.#codes);
    this.#codes[this.#count++] = code;
  }

  #learn(value: string | undefined): number {
    const kept = value && owned(value);
    const code = this.values.push(kept) - 1;
    this.#codeOf.set(kept, code);
    this.#valueBytes += valueBytes + (kept?.length ?? 0);
    return code;
  }
}

// A value cut out of a line holds the whole line in memory; a copy does not. V8 copies short ones by itself.
function owned(value: string): string {
  return value.length < 13 ? value : Buffer.from(value).toString();
}

// A string, its place in the list and in the map.
const valueBytes = 64;

function doubled(codes: Uint32Array): Uint32Array {
  const to = new Uint32Array(codes.length * 2);
  to.set(codes);
  return to;
}
