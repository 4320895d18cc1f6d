import { holds } from "./assertion.ts";
import type { Instruction } from "./program.ts";

/** A thread of the machine: where it stands, and where its groups began and ended. */
interface Thread {
  readonly at: number;
  readonly slots: readonly number[];
}

/**
 * Match in time linear in the text, whatever the pattern: all threads advance together, the preferred one first.
 * Gives the offsets of the whole match and of each group (-1 for a group that took no part).
 * @see https://swtch.com/~rsc/regexp/regexp2.html
 */
export function matchLinear(
  program: readonly Instruction[],
  text: string,
  from: number,
): number[] | undefined {
  let threads: Thread[] = [];
  let found: number[] | undefined;
  for (let at = from; at <= text.length; ) {
    const code = text.codePointAt(at) ?? -1;
    const seen = new Set<number>(threads.map((thread) => thread.at));
    if (!found) follow(program, { at: 0, slots: [] }, { text, at, into: threads, seen });
    const width = code > 0xffff ? 2 : 1;
    const next: Thread[] = [];
    const nextSeen = new Set<number>();
    for (const thread of threads) {
      const instruction = program[thread.at];
      if (instruction?.op === "match") {
        found = [...thread.slots];
        break;
      }
      if (instruction?.op === "character" && code >= 0 && instruction.accepts(code)) {
        follow(
          program,
          { at: thread.at + 1, slots: thread.slots },
          { text, at: at + width, into: next, seen: nextSeen },
        );
      }
    }
    threads = next;
    if (found && threads.length === 0) break;
    at += width;
  }
  return found;
}

interface Place {
  readonly text: string;
  readonly at: number;
  readonly into: Thread[];
  readonly seen: Set<number>;
}

// An explicit stack: a long chain of optional parts would overflow JavaScript's.
function follow(program: readonly Instruction[], start: Thread, place: Place): void {
  const stack: Thread[] = [start];
  for (let thread = stack.pop(); thread; thread = stack.pop()) {
    if (place.seen.has(thread.at)) continue;
    place.seen.add(thread.at);
    const instruction = program[thread.at];
    if (!instruction) continue;
    if (instruction.op === "jump") stack.push({ at: instruction.to, slots: thread.slots });
    else if (instruction.op === "split") {
      stack.push(
        { at: instruction.second, slots: thread.slots },
        { at: instruction.first, slots: thread.slots },
      );
    } else if (instruction.op === "save") {
      const slots = [...thread.slots];
      slots[instruction.slot] = place.at;
      stack.push({ at: thread.at + 1, slots });
    } else if (instruction.op === "assert") {
      if (holds(instruction.what, place.text, place.at))
        stack.push({ at: thread.at + 1, slots: thread.slots });
    } else place.into.push(thread);
  }
}
