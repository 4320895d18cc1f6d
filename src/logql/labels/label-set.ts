/** An immutable set of labels, names in code-point order. Two sets are equal when their keys are. */
export class LabelSet {
  static readonly empty: LabelSet = new LabelSet([], []);

  readonly names: readonly string[];
  readonly values: readonly string[];
  readonly key: string;

  private constructor(names: readonly string[], values: readonly string[]) {
    this.names = names;
    this.values = values;
    this.key = names.map((name, i) => `${name}\u0001${values[i]}`).join("\u0000");
  }

  /** Build a set from pairs in any order, no name twice. */
  static from(pairs: Iterable<readonly [string, string]>): LabelSet {
    const sorted = [...pairs].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return new LabelSet(
      sorted.map(([name]) => name),
      sorted.map(([, value]) => value),
    );
  }

  /** The value of a label; undefined when the set lacks it. */
  get(name: string): string | undefined {
    return this.values[this.names.indexOf(name)];
  }

  has(name: string): boolean {
    return this.names.includes(name);
  }

  *entries(): Iterable<[string, string]> {
    for (const [i, name] of this.names.entries()) yield [name, this.values[i] ?? ""];
  }

  /** Keep only the names that pass. */
  filter(keep: (name: string) => boolean): LabelSet {
    return LabelSet.from([...this.entries()].filter(([name]) => keep(name)));
  }

  /** The set without labels of no value, as Prometheus has it. */
  nonEmpty(): LabelSet {
    return this.values.includes("")
      ? LabelSet.from([...this.entries()].filter(([, value]) => value !== ""))
      : this;
  }

  /** The same set with one label set, or removed by an empty value. */
  with(name: string, value: string): LabelSet {
    const rest = [...this.entries()].filter(([other]) => other !== name);
    return LabelSet.from(value === "" ? rest : [...rest, [name, value]]);
  }

  toObject(): Record<string, string> {
    return Object.fromEntries(this.entries());
  }

  /** As Loki prints a set: `{a="b", c="d"}`. */
  toString(): string {
    return `{${[...this.entries()].map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(", ")}}`;
  }
}
