import { compileGoTemplate, type TemplateValue, TextMap } from "../../../src/logql/index.ts";
import { parseRiver, type RiverBlock, type RiverValue } from "./river.ts";

/** A line as it stands in a file, and when it was read. */
export interface FileLine {
  readonly path: string;
  readonly text: string;
  readonly readMs: number;
}

/** What Alloy sends of a line. */
export interface Entry {
  readonly text: string;
  readonly timeMs: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * What `loki.process` with this label does to lines, stage by stage as the configuration says: for where no Alloy runs.
 * @throws Error where it has a stage, or a stage an attribute, that is not understood here.
 * @see https://grafana.com/docs/alloy/latest/reference/components/loki/loki.process/
 */
export function createPipeline(
  configuration: string,
  label: string,
  env: Readonly<Record<string, string>>,
): (lines: readonly FileLine[]) => Entry[] {
  const block = parseRiver(configuration, env).find(
    (one) => one.name === "loki.process" && one.label === label,
  );
  if (!block) throw new Error(`no loki.process ${JSON.stringify(label)}`);
  const [first, ...rest] = block.blocks;
  const join = first?.name === "stage.multiline" ? joiner(first) : undefined;
  const stages = (join ? rest : block.blocks).map(stageOf);
  return (lines) => (join ? join(lines) : lines).map((line) => run(stages, line));
}

interface Passing {
  readonly text: string;
  timeMs: number;
  readonly labels: Map<string, string>;
  readonly metadata: Map<string, string>;
  /** What stages hand on; it begins with the labels. */
  readonly extracted: Map<string, string>;
}

type Stage = (line: Passing) => void;

function run(stages: readonly Stage[], { path, text, readMs }: FileLine): Entry {
  const labels = new Map([["filename", path]]);
  const line: Passing = { text, timeMs: readMs, labels, metadata: new Map(), extracted: new Map(labels) };
  for (const stage of stages) stage(line);
  return {
    text,
    timeMs: line.timeMs,
    labels: Object.fromEntries(line.labels),
    metadata: Object.fromEntries(line.metadata),
  };
}

function joiner(block: RiverBlock): (lines: readonly FileLine[]) => FileLine[] {
  const { firstline, max_lines } = attributesOf(block, ["firstline", "max_lines", "max_wait_time"]);
  const [first, most] = [new RegExp(textOf(firstline)), Number(max_lines)];
  return (lines) => {
    const whole: FileLine[] = [];
    const openAt = new Map<string, { at: number; lines: number }>();
    for (const line of lines) {
      const open = openAt.get(line.path);
      const before = open && whole[open.at];
      if (before && open.lines < most && !first.test(line.text)) {
        whole[open.at] = { ...before, text: `${before.text}\n${line.text}` };
        open.lines++;
      } else openAt.set(line.path, { at: whole.push(line) - 1, lines: 1 });
    }
    return whole;
  };
}

function stageOf(block: RiverBlock): Stage {
  const make = stages[block.name];
  if (!make) throw new Error(`${block.name} is not understood`);
  return make(block);
}

const stages: Readonly<Record<string, (block: RiverBlock) => Stage>> = {
  "stage.regex": (block) => {
    const { source, expression } = attributesOf(block, ["source", "expression"]);
    const pattern = new RegExp(textOf(expression).replaceAll("(?P<", "(?<"));
    return ({ extracted }) => {
      const groups = pattern.exec(extracted.get(textOf(source)) ?? "")?.groups ?? {};
      for (const [name, value] of Object.entries(groups)) extracted.set(name, value);
    };
  },
  "stage.json": (block) => {
    const { expressions } = attributesOf(block, ["expressions"]);
    const paths = mapOf(expressions).map(([name, path]) => [name, keyOf(path || name)] as const);
    return ({ text, extracted }) => {
      const fields = parseObject(text);
      if (!fields) return;
      for (const [name, key] of paths) {
        const value = fields[key];
        extracted.set(name, value === undefined || value === null ? "" : String(value));
      }
    };
  },
  "stage.template": (block) => {
    const { source, template } = attributesOf(block, ["source", "template"]);
    const name = textOf(source);
    const render = compileGoTemplate(textOf(template), new Set());
    return ({ extracted }) => {
      const dot = new TextMap([...extracted, ["Value", extracted.get(name) ?? ""]]);
      const value = render(dot as TemplateValue, new Map());
      if (value === "") extracted.delete(name);
      else extracted.set(name, value);
    };
  },
  "stage.timestamp": (block) => {
    const { source, format, action_on_failure } = attributesOf(block, [
      "source",
      "format",
      "action_on_failure",
    ]);
    if (format !== "RFC3339Nano" || action_on_failure !== "skip") throw new Error("another timestamp");
    return (line) => {
      const ms = Date.parse(line.extracted.get(textOf(source)) ?? "");
      if (!Number.isNaN(ms)) line.timeMs = ms;
    };
  },
  "stage.labels": (block) => copy(block, ({ labels }) => labels),
  "stage.structured_metadata": (block) => copy(block, ({ metadata }) => metadata),
  "stage.label_drop": (block) => {
    const { values } = attributesOf(block, ["values"]);
    if (!Array.isArray(values)) throw new Error("stage.label_drop without a list");
    return ({ labels }) => {
      for (const name of values) labels.delete(textOf(name));
    };
  },
};

function copy(block: RiverBlock, into: (line: Passing) => Map<string, string>): Stage {
  const { values } = attributesOf(block, ["values"]);
  const names = mapOf(values).map(([name, source]) => [name, source || name] as const);
  return (line) => {
    for (const [name, source] of names) {
      const value = line.extracted.get(source);
      if (value) into(line).set(name, value);
    }
  };
}

/** A block's attributes, of which none may be there that is not known. */
function attributesOf(
  { name, attributes, blocks }: RiverBlock,
  known: readonly string[],
): Readonly<Record<string, RiverValue>> {
  const strange = [...attributes.keys(), ...blocks.map((block) => block.name)].find(
    (one) => !known.includes(one),
  );
  if (strange !== undefined) throw new Error(`${name}: ${strange} is not understood`);
  return Object.fromEntries(attributes);
}

function textOf(value: RiverValue | undefined): string {
  if (typeof value !== "string") throw new Error(`a text was expected, not ${JSON.stringify(value)}`);
  return value;
}

function mapOf(value: RiverValue | undefined): [string, string][] {
  if (typeof value !== "object" || !("pairs" in value)) throw new Error("a map was expected");
  return [...value.pairs].map(([name, text]) => [name, textOf(text)]);
}

// Of JMESPath: a field's name, alone or with the empty text where it is not there.
function keyOf(path: string): string {
  const [, key] = /^(\w+)(?: \|\| '')?$/.exec(path) ?? [];
  if (key === undefined) throw new Error(`the path ${path} is not understood`);
  return key;
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined; // No JSON: the stage leaves the line as it is.
  }
}
