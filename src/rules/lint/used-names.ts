import type { RangeAggregation, Stage } from "../../logql/index.ts";
import type { Rule } from "../rule-file.ts";
import { nodesOf, predicatesOf, rangesOf } from "./walk.ts";

export interface UsedName {
  readonly name: string;
  readonly offset: number;
}

/** The names that an expression reads, but for those that its selector pins or its own stages make. */
export function usedNames(rule: Rule): UsedName[] {
  const { expression } = rule;
  if (!expression || expression.kind === "log") return [];
  const made = new Set(rangesOf(rule).flatMap(madeNames));
  const used: UsedName[] = [];
  for (const node of nodesOf(expression)) {
    if (node.kind === "range") used.push(...node.log.stages.flatMap(readNames));
    const grouping = node.kind === "range" || node.kind === "vector" ? node.grouping : undefined;
    for (const name of grouping?.names ?? []) used.push({ name, offset: grouping?.offset ?? 0 });
    if (node.kind === "label_replace") made.add(node.destination);
  }
  return used.filter(({ name }) => !made.has(name) && !name.startsWith("__"));
}

function madeNames({ log }: RangeAggregation): string[] {
  return [...log.selector.map(({ name }) => name), ...log.stages.flatMap(namesMadeBy)];
}

function namesMadeBy(stage: Stage): string[] {
  switch (stage.kind) {
    case "json":
    case "logfmt":
      // One that keeps its name is read, not made: else no misspelt name in `| json http_rout` was ever found.
      return stage.extractions.filter(({ name, expression }) => name !== expression).map(({ name }) => name);
    case "label_format":
      return stage.formats.map(({ name }) => name);
    case "regexp":
      return [...stage.text.matchAll(/\(\?P?<([A-Za-z_]\w*)>/g)].map(([, name = ""]) => name);
    case "pattern":
      return [...stage.text.matchAll(/<([A-Za-z_]\w*)>/g)].map(([, name = ""]) => name);
    default:
      return [];
  }
}

function readNames(stage: Stage): UsedName[] {
  switch (stage.kind) {
    case "label-filter":
      return predicatesOf(stage.filter).map((filter) => ({
        name: filter.kind === "string" ? filter.matcher.name : filter.name,
        offset: filter.offset,
      }));
    case "unwrap":
      return [{ name: stage.name, offset: stage.offset }];
    case "json":
    case "logfmt":
      // A path into nested JSON is no field of the contract, which is flat.
      return stage.extractions
        .filter(({ expression }) => /^\w+$/.test(expression))
        .map(({ expression, offset }) => ({ name: expression, offset }));
    case "label_format":
      return stage.formats.flatMap(({ value }) =>
        value.kind === "rename" ? [{ name: value.text, offset: value.offset }] : [],
      );
    case "drop":
    case "keep":
      return stage.labels.map(({ name, offset }) => ({ name, offset }));
    default:
      return [];
  }
}
