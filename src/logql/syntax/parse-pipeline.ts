import type {
  Extraction,
  LabelSelection,
  LineFilter,
  LineFilterOperator,
  LineFilterValue,
  Stage,
} from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { parseLabelFilter } from "./parse-label-filter.ts";
import { parseLabelFormat } from "./parse-label-format.ts";
import { parseLabelName, parseMatcher } from "./parse-selector.ts";
import { parseUnwrap } from "./parse-unwrap.ts";

/** Parse line filters and `| stage`s for as long as they come. */
export function parsePipeline(cursor: Cursor): Stage[] {
  const stages: Stage[] = [];
  for (;;) {
    if (cursor.token.kind === "punctuation" && lineFilterOperators.has(cursor.token.text)) {
      stages.push(parseLineFilter(cursor));
    } else if (cursor.is("|")) {
      cursor.next();
      stages.push(parseStage(cursor));
    } else return stages;
  }
}

function parseLineFilter(cursor: Cursor): LineFilter {
  const operator = cursor.next();
  const values = [parseLineFilterValue(cursor)];
  while (cursor.skip("or")) values.push(parseLineFilterValue(cursor));
  // The set above holds exactly the operators of the type.
  return {
    kind: "line-filter",
    operator: operator.text as LineFilterOperator,
    values,
    offset: operator.offset,
  };
}

function parseLineFilterValue(cursor: Cursor): LineFilterValue {
  const offset = cursor.token.offset;
  if (!cursor.is("ip")) return { text: cursor.expectKind("string").text, ip: false, offset };
  cursor.next();
  cursor.expect("(");
  const text = cursor.expectKind("string").text;
  cursor.expect(")");
  return { text, ip: true, offset };
}

function parseStage(cursor: Cursor): Stage {
  const word = cursor.token;
  const rule = stageRules[word.text];
  if (word.kind !== "identifier" || !rule) {
    return { kind: "label-filter", filter: parseLabelFilter(cursor), offset: word.offset };
  }
  cursor.next();
  return rule(cursor, word.offset);
}

const stageRules: Readonly<Record<string, (cursor: Cursor, offset: number) => Stage>> = {
  json: (cursor, offset) => ({ kind: "json", extractions: parseExtractions(cursor), offset }),
  logfmt: (cursor, offset) => {
    const flags = new Set<string>();
    while (cursor.token.kind === "flag") flags.add(cursor.next().text);
    const extractions = parseExtractions(cursor);
    return {
      kind: "logfmt",
      strict: flags.has("--strict"),
      keepEmpty: flags.has("--keep-empty"),
      extractions,
      offset,
    };
  },
  regexp: (cursor, offset) => parseText(cursor, "regexp", offset),
  pattern: (cursor, offset) => parseText(cursor, "pattern", offset),
  line_format: (cursor, offset) => parseText(cursor, "line_format", offset),
  unpack: (_, offset) => ({ kind: "unpack", offset }),
  decolorize: (_, offset) => ({ kind: "decolorize", offset }),
  label_format: parseLabelFormat,
  drop: (cursor, offset) => ({ kind: "drop", labels: parseSelections(cursor), offset }),
  keep: (cursor, offset) => ({ kind: "keep", labels: parseSelections(cursor), offset }),
  unwrap: parseUnwrap,
};

function parseText(cursor: Cursor, kind: "regexp" | "pattern" | "line_format", offset: number): Stage {
  const token = cursor.expectKind("string");
  return { kind, text: token.text, textOffset: token.offset, offset };
}

function parseExtractions(cursor: Cursor): Extraction[] {
  const extractions: Extraction[] = [];
  if (cursor.token.kind !== "identifier") return extractions;
  do {
    const name = parseLabelName(cursor);
    const expression = cursor.skip("=") ? cursor.expectKind("string").text : name.text;
    extractions.push({ name: name.text, expression, offset: name.offset });
  } while (cursor.skip(","));
  return extractions;
}

function parseSelections(cursor: Cursor): LabelSelection[] {
  const labels: LabelSelection[] = [];
  do {
    const offset = cursor.token.offset;
    if (comparisonStarts.has(cursor.peek(1).text)) {
      const matcher = parseMatcher(cursor);
      labels.push({ name: matcher.name, matcher, offset });
    } else labels.push({ name: parseLabelName(cursor).text, matcher: undefined, offset });
  } while (cursor.skip(","));
  return labels;
}

const lineFilterOperators: ReadonlySet<string> = new Set(["|=", "!=", "|~", "!~", "|>", "!>"]);
const comparisonStarts: ReadonlySet<string> = new Set(["=", "!=", "=~", "!~", "==", ">", ">=", "<", "<="]);
