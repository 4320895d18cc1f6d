import { holds } from "./assertion.ts";
import type { Instruction } from "./program.ts";

/** Whether a program matches anywhere in a text: as matchLinear, but without groups there are no threads to copy. */
export class LinearTester {
  readonly #program: readonly Instruction[];
  readonly #stack: Int32Array;
  #current: StateSet;
  #next: StateSet;

  constructor(program: readonly Instruction[]) {
    this.#program = program;
    this.#stack = new Int32Array(program.length * 2 + 2);
    this.#current = new StateSet(program.length);
    this.#next = new StateSet(program.length);
  }

  test(text: string): boolean {
    this.#current.clear();
    for (let at = 0; ; ) {
      if (this.#follow(0, { text, at, into: this.#current })) return true;
      if (at >= text.length) return false;
      const code = text.codePointAt(at) ?? -1;
      at += code > 0xffff ? 2 : 1;
      if (this.#step(code, text, at)) return true;
      [this.#current, this.#next] = [this.#next, this.#current];
    }
  }

  #step(code: number, text: string, at: number): boolean {
    const place = { text, at, into: this.#next };
    this.#next.clear();
    for (let i = 0; i < this.#current.size; i++) {
      const state = this.#current.at(i);
      const instruction = this.#program[state];
      if (instruction?.op === "character" && instruction.accepts(code) && this.#follow(state + 1, place))
        return true;
    }
    return false;
  }

  // Add a state and all it leads to without reading; true when a match is among them.
  #follow(start: number, { text, at, into }: { text: string; at: number; into: StateSet }): boolean {
    const stack = this.#stack;
    let depth = 0;
    stack[depth++] = start;
    while (depth > 0) {
      const state = stack[--depth] ?? 0;
      if (!into.add(state)) continue;
      const instruction = this.#program[state];
      if (instruction?.op === "match") return true;
      if (instruction?.op === "jump") stack[depth++] = instruction.to;
      else if (instruction?.op === "split") {
        stack[depth++] = instruction.second;
        stack[depth++] = instruction.first;
      } else if (instruction?.op === "save") stack[depth++] = state + 1;
      else if (instruction?.op === "assert" && holds(instruction.what, text, at)) stack[depth++] = state + 1;
    }
    return false;
  }
}

/** A set of small numbers that is cleared at no cost. @see https://research.swtch.com/sparse */
class StateSet {
  readonly #dense: Int32Array;
  readonly #sparse: Int32Array;
  size = 0;

  constructor(capacity: number) {
    this.#dense = new Int32Array(capacity);
    this.#sparse = new Int32Array(capacity);
  }

  clear(): void {
    this.size = 0;
  }

  at(i: number): number {
    return this.#dense[i] ?? 0;
  }

  add(value: number): boolean {
    const i = this.#sparse[value] ?? 0;
    if (i < this.size && this.#dense[i] === value) return false;
    this.#dense[this.size] = value;
    this.#sparse[value] = this.size++;
    return true;
  }
}
