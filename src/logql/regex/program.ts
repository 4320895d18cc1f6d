import { caseVariants, emitSet } from "./emit.ts";
import type { Assertion, Regex } from "./syntax.ts";

/** One instruction of the linear matcher; targets are indexes into the program. */
export type Instruction =
  | { readonly op: "character"; readonly accepts: (code: number) => boolean }
  | { readonly op: "assert"; readonly what: Assertion }
  | { readonly op: "split"; first: number; second: number }
  | { readonly op: "jump"; to: number }
  | { readonly op: "save"; readonly slot: number }
  | { readonly op: "match" };

/** Compile a tree to the program of a Thompson machine. Counted repetitions are written out. */
export function compileProgram(root: Regex): Instruction[] {
  const program: Instruction[] = [{ op: "save", slot: 0 }];
  append(program, root);
  program.push({ op: "save", slot: 1 }, { op: "match" });
  return program;
}

function append(program: Instruction[], node: Regex): void {
  switch (node.kind) {
    case "literal": {
      const codes = new Set(node.fold ? caseVariants(node.code) : [node.code]);
      program.push({ op: "character", accepts: (code) => codes.has(code) });
      return;
    }
    case "set":
      program.push({ op: "character", accepts: setTest(new RegExp(emitSet(node.set), "u")) });
      return;
    case "assert":
      program.push({ op: "assert", what: node.what });
      return;
    case "capture":
      program.push({ op: "save", slot: node.index * 2 });
      append(program, node.inner);
      program.push({ op: "save", slot: node.index * 2 + 1 });
      return;
    case "sequence":
      for (const part of node.parts) append(program, part);
      return;
    case "choice":
      appendChoice(program, node.parts);
      return;
    case "repeat":
      appendRepeat(program, node);
  }
}

// ASCII is answered from a table; the class itself is asked once for any other character.
function setTest(set: RegExp): (code: number) => boolean {
  const ascii = Array.from({ length: 128 }, (_, code) => set.test(String.fromCharCode(code)));
  const others = new Map<number, boolean>();
  return (code) => {
    const quick = ascii[code] ?? others.get(code);
    if (quick !== undefined) return quick;
    const accepted = set.test(String.fromCodePoint(code));
    others.set(code, accepted);
    return accepted;
  };
}

function appendChoice(program: Instruction[], parts: readonly Regex[]): void {
  const jumps: { op: "jump"; to: number }[] = [];
  parts.forEach((part, i) => {
    const split: Instruction = { op: "split", first: program.length + 1, second: 0 };
    const last = i === parts.length - 1;
    if (!last) program.push(split);
    append(program, part);
    if (last) return;
    const jump = { op: "jump" as const, to: 0 };
    jumps.push(jump);
    program.push(jump);
    split.second = program.length;
  });
  for (const jump of jumps) jump.to = program.length;
}

function appendRepeat(program: Instruction[], node: Extract<Regex, { kind: "repeat" }>): void {
  for (let i = 0; i < node.min; i++) append(program, node.inner);
  if (node.max === Infinity) {
    const split = pushSplit(program);
    const loop = program.length - 1;
    append(program, node.inner);
    program.push({ op: "jump", to: loop });
    aim(split, loop + 1, program.length, node.greedy);
    return;
  }
  const splits: { split: Split; body: number }[] = [];
  for (let i = node.min; i < node.max; i++) {
    splits.push({ split: pushSplit(program), body: program.length });
    append(program, node.inner);
  }
  for (const { split, body } of splits) aim(split, body, program.length, node.greedy);
}

type Split = Extract<Instruction, { op: "split" }>;

function pushSplit(program: Instruction[]): Split {
  const split: Split = { op: "split", first: 0, second: 0 };
  program.push(split);
  return split;
}

function aim(split: Split, body: number, after: number, greedy: boolean): void {
  split.first = greedy ? body : after;
  split.second = greedy ? after : body;
}
