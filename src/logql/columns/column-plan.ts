import { type Entry, errorDetailsLabel, errorLabel } from "../labels/entry.ts";
import type { Profile } from "../profile.ts";
import { filterNames, type ParserHints } from "../stages/hints.ts";
import { jsonExpressionReader } from "../stages/json-expressions.ts";
import { labelFilterStage } from "../stages/label-filter.ts";
import type { Pipeline } from "../stages/pipeline.ts";
import { unwrapReader } from "../stages/unwrap.ts";
import type { Extraction, LabelFilter, Stage, UnwrapStage } from "../syntax/ast.ts";
import { leadingFilters, lineChoice } from "./line-choice.ts";
import type { ColumnSource, LineChoice } from "./line-table.ts";

/** One stage, as a judgement of one column's values; without a column, of all lines of a stream at once. */
export interface ColumnTest {
  readonly column: string | undefined;
  /**
   * Run on an entry that has the value for its label: undefined drops it, an error leaves it to the pipeline. Missing
   * where it is enough that the value could be read.
   */
  readonly run: ((entry: Entry) => number | undefined) | undefined;
  /** What `run` answers is the sample. */
  readonly isSample: boolean;
  /** Whether what it drops is dropped whatever went wrong with the line's other labels. */
  readonly isFinal: boolean;
}

/** How a pipeline is run over columns: which lines it looks at, what is read in them, and which of them it keeps. */
export interface ColumnPlan {
  readonly choice: LineChoice;
  /** By the label that each gives. */
  readonly sources: ReadonlyMap<string, ColumnSource>;
  readonly tests: readonly ColumnTest[];
  /** Every label it reads. What a line's own metadata sets of them is in no column. */
  readonly names: ReadonlySet<string>;
  /** Whether a line that passes all tests passes the pipeline; else the pipeline has the last word. */
  readonly isWhole: boolean;
}

/** Plan a pipeline over columns, as far as its stages allow. */
export function planColumns(
  { stages, needle }: Pipeline,
  { profile, hints }: { readonly profile: Profile; readonly hints: ParserHints },
): ColumnPlan {
  const filters = leadingFilters(stages);
  const planning = new Planning(profile, hints);
  const isWhole = stages.slice(filters.length).every((stage) => planning.take(stage));
  const { sources, tests, names, isPartial } = planning;
  const choice = lineChoice(filters, { needle, profile });
  return { choice, sources, tests, names, isWhole: isWhole && !isPartial };
}

/** The part of a plan that only leaves lines out, before the pipeline runs over the others; undefined where there is none. */
export function screenOf(plan: ColumnPlan): ColumnPlan | undefined {
  const tests = plan.tests.filter(({ isFinal }) => isFinal);
  return tests.every(({ column }) => column === undefined) ? undefined : { ...plan, tests, isWhole: false };
}

class Planning {
  readonly sources: Map<string, ColumnSource> = new Map();
  readonly tests: ColumnTest[] = [];
  readonly names: Set<string> = new Set();
  /** A filter was passed over. */
  isPartial = false;
  readonly #profile: Profile;
  readonly #hints: ParserHints;

  constructor(profile: Profile, hints: ParserHints) {
    this.#profile = profile;
    this.#hints = hints;
  }

  /** Whether the stages after this one can be planned too. */
  take(stage: Stage): boolean {
    if (stage.kind === "json" && stage.extractions.length > 0)
      return this.#hints.required?.size === 0 || stage.extractions.every((one) => this.#extract(one));
    if (stage.kind === "label-filter") {
      for (const part of partsOf(stage.filter)) this.#filter(part);
      return true;
    }
    if (stage.kind === "unwrap") return this.#unwrap(stage);
    return false;
  }

  #extract(extraction: Extraction): boolean {
    const { name } = extraction;
    if (this.names.has(name) || name.startsWith("__")) return false;
    this.sources.set(name, { key: extraction.expression, read: jsonExpressionReader(extraction) });
    this.names.add(name);
    this.tests.push({ column: name, run: undefined, isSample: false, isFinal: false });
    return true;
  }

  #filter(filter: LabelFilter): void {
    const names = filterNames(filter);
    const columns = new Set(names.filter((name) => this.sources.has(name)));
    for (const name of names) this.names.add(name);
    if (columns.size > 1) {
      this.isPartial = true;
      return;
    }
    const passes = labelFilterStage(filter, this.#profile);
    const run = (entry: Entry): number | undefined => (passes(entry) ? 1 : undefined);
    this.tests.push({ column: [...columns][0], run, isSample: false, isFinal: !readsErrors(filter) });
  }

  #unwrap(stage: UnwrapStage): boolean {
    if (!this.sources.has(stage.name)) return false;
    this.tests.push({ column: stage.name, run: unwrapReader(stage), isSample: true, isFinal: true });
    return true;
  }
}

// Each part of `a and b` drops lines on its own.
function partsOf(filter: LabelFilter): LabelFilter[] {
  if (filter.kind !== "joined" || filter.operator !== "and") return [filter];
  return [...partsOf(filter.left), ...partsOf(filter.right)];
}

// A filter of addresses lets every line with an error pass.
function readsErrors(filter: LabelFilter): boolean {
  if (filter.kind === "joined") return readsErrors(filter.left) || readsErrors(filter.right);
  if (filter.kind === "ip") return true;
  const [name] = filterNames(filter);
  return name === errorLabel || name === errorDetailsLabel;
}
