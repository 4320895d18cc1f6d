import type { Patience } from "./destination.ts";

const napMs = 1;
// Atomics.wait on a cell that nobody wakes is the one way in Node to let time pass without burning it.
const cell = new Int32Array(new SharedArrayBuffer(4));

/** Create a fixed amount of patience, for the end of a process: once spent, it is spent. */
export function createPatience(totalMs: number): Patience {
  let leftMs = totalMs;
  return {
    sleep() {
      if (leftMs <= 0) return false;
      leftMs -= nap();
      return true;
    },
  };
}

/**
 * Create patience that grows back: for a running service, which may lend a slow reader a small share of
 * its time rather than lose lines, but must not be slowed to that reader's pace.
 *
 * @param share the part of all time that may be spent waiting, and `mostMs` how much of it may be saved up
 */
export function createRenewingPatience(share: number, mostMs: number): Patience {
  let leftMs = mostMs;
  let lastMs = performance.now();
  return {
    sleep() {
      const nowMs = performance.now();
      leftMs = Math.min(mostMs, leftMs + (nowMs - lastMs) * share);
      lastMs = nowMs;
      if (leftMs < napMs) return false;
      leftMs -= nap();
      return true;
    },
  };
}

/** @returns how long it really was */
function nap(): number {
  const startMs = performance.now();
  Atomics.wait(cell, 0, 0, napMs);
  return performance.now() - startMs;
}
