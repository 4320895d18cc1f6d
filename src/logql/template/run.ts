import { chain } from "./chain.ts";
import type { TemplateEntry, TemplateFunction } from "./functions.ts";
import type {
  ControlNode,
  OperandNode,
  ParsedTemplate,
  PipeNode,
  TemplateList,
  TemplateNode,
} from "./nodes.ts";
import { printResult, sortedKeys } from "./print.ts";
import { Scope } from "./scope.ts";
import { isList, isMap, isTruthy, TemplateRunError, type TemplateValue } from "./values.ts";

/** What a template runs with: the functions it was parsed with, and the entry that some of them read. */
export interface TemplateContext {
  readonly functions: ReadonlyMap<string, TemplateFunction>;
  readonly entry: TemplateEntry;
}

/** Run a parsed template; the dot is what its fields are read from. @throws TemplateRunError */
export function runTemplate(template: ParsedTemplate, dot: TemplateValue, context: TemplateContext): string {
  const run = new TemplateRun(template, context);
  run.list(template.root, { dot, variables: new Scope(undefined, [["$", dot]]) });
  return run.output;
}

const maxOutput = 1_000_000;
const maxSteps = 100_000;

interface Frame {
  readonly dot: TemplateValue;
  readonly variables: Scope;
}

type Leave = "break" | "continue" | undefined;

class TemplateRun {
  output = "";
  readonly #template: ParsedTemplate;
  readonly #context: TemplateContext;
  #steps = 0;
  #depth = 0;

  constructor(template: ParsedTemplate, context: TemplateContext) {
    this.#template = template;
    this.#context = context;
  }

  list(nodes: TemplateList, frame: Frame): Leave {
    for (const node of nodes) {
      if (++this.#steps > maxSteps) throw new TemplateRunError("the template takes too many steps");
      const leave = this.#node(node, frame);
      if (leave) return leave;
    }
    return undefined;
  }

  #node(node: TemplateNode, frame: Frame): Leave {
    switch (node.kind) {
      case "text":
        return this.#write(node.text);
      case "action": {
        const value = this.#pipe(node.pipe, frame);
        return node.pipe.variables.length === 0 ? this.#write(printResult(value)) : undefined;
      }
      case "control":
        return node.word === "range" ? this.#range(node, frame) : this.#choose(node, frame);
      case "template":
        return this.#call(node.name, node.pipe, frame);
      case "leave":
        return node.word;
    }
  }

  #choose(node: ControlNode, frame: Frame): Leave {
    const inner = { ...frame, variables: new Scope(frame.variables) };
    const value = this.#pipe(node.pipe, inner);
    if (!isTruthy(value)) return this.list(node.otherwise, inner);
    return this.list(node.body, node.word === "with" ? { ...inner, dot: value } : inner);
  }

  #range(node: ControlNode, frame: Frame): Leave {
    const outer = { ...frame, variables: new Scope(frame.variables) };
    const items = this.#items(this.#pipe({ ...node.pipe, variables: [] }, outer));
    if (items.length === 0) return this.list(node.otherwise, outer);
    const [first, second] = node.pipe.variables;
    for (const [key, item] of items) {
      const variables = new Scope(outer.variables);
      if (first && second) variables.declare(first, key);
      if (first) variables.declare(second ?? first, item);
      if (this.list(node.body, { dot: item, variables }) === "break") break;
    }
    return undefined;
  }

  #items(value: TemplateValue): [TemplateValue, TemplateValue][] {
    if (value === null) return [];
    if (isList(value)) return value.map((item, i) => [BigInt(i), item]);
    if (isMap(value)) return sortedKeys(value).map((key) => [key, value.get(key) ?? null]);
    if (typeof value === "bigint")
      return Array.from({ length: Math.min(Number(value), maxSteps) }, (_, i) => [BigInt(i), BigInt(i)]);
    throw new TemplateRunError(`range can't iterate over ${printResult(value)}`);
  }

  #call(name: string, pipe: PipeNode | undefined, frame: Frame): Leave {
    const body = this.#template.defined.get(name);
    if (!body) throw new TemplateRunError(`template "${name}" not defined`);
    if (++this.#depth > 100) throw new TemplateRunError("exceeded maximum template depth");
    const dot = pipe ? this.#pipe(pipe, frame) : null;
    this.list(body, { dot, variables: new Scope(undefined, [["$", dot]]) });
    this.#depth--;
    return undefined;
  }

  #pipe(pipe: PipeNode, frame: Frame): TemplateValue {
    let value: TemplateValue = null;
    pipe.commands.forEach((command, i) => {
      value = this.#command(command, frame, i === 0 ? undefined : value);
    });
    for (const name of pipe.variables) {
      if (pipe.assigns) frame.variables.assign(name, value);
      else frame.variables.declare(name, value);
    }
    return value;
  }

  #command(command: readonly OperandNode[], frame: Frame, piped: TemplateValue | undefined): TemplateValue {
    const [first, ...rest] = command;
    if (first?.kind !== "function") {
      if (first?.kind === "nil") throw new TemplateRunError("nil is not a command");
      if (rest.length > 0 || piped !== undefined)
        throw new TemplateRunError("can't give argument to non-function");
      return first ? this.#operand(first, frame) : null;
    }
    if (first.name === "and" || first.name === "or")
      return this.#shortCircuit(first.name, rest, { frame, piped });
    const args = rest.map((operand) => this.#operand(operand, frame));
    return this.#apply(first.name, piped === undefined ? args : [...args, piped]);
  }

  #shortCircuit(
    name: "and" | "or",
    operands: readonly OperandNode[],
    { frame, piped }: { frame: Frame; piped: TemplateValue | undefined },
  ): TemplateValue {
    let value: TemplateValue = null;
    for (const operand of operands) {
      value = this.#operand(operand, frame);
      if (isTruthy(value) === (name === "or")) return value;
    }
    if (piped !== undefined) return piped;
    if (operands.length === 0)
      throw new TemplateRunError(`wrong number of args for ${name}: want at least 1 got 0`);
    return value;
  }

  #apply(name: string, args: readonly TemplateValue[]): TemplateValue {
    const known = this.#context.functions.get(name);
    if (!known) throw new TemplateRunError(`"${name}" is not a defined function`);
    if (args.length < known.min || args.length > known.max) {
      const want = known.max === Infinity ? `at least ${known.min}` : String(known.min);
      throw new TemplateRunError(`wrong number of args for ${name}: want ${want} got ${args.length}`);
    }
    try {
      return known.call(args, this.#context.entry);
    } catch (error) {
      if (error instanceof TemplateRunError)
        throw new TemplateRunError(`error calling ${name}: ${error.message}`);
      throw error;
    }
  }

  #operand(operand: OperandNode, frame: Frame): TemplateValue {
    switch (operand.kind) {
      case "literal":
        return operand.value;
      case "nil":
        return null;
      case "function":
        return this.#apply(operand.name, []);
      case "pipe":
        return chain(this.#pipe(operand.pipe, frame), operand.names);
      case "fields":
        return chain(operand.from === "." ? frame.dot : frame.variables.get(operand.from), operand.names);
    }
  }

  #write(text: string): undefined {
    this.output += text;
    if (this.output.length > maxOutput)
      throw new TemplateRunError(`the text would be longer than ${maxOutput} characters`);
    return undefined;
  }
}
