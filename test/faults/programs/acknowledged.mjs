// Logs RATE lines a second, and notes each in a file once its call has returned: what a killed process had said.
import { openSync, writeSync } from "node:fs";
import { openLogger } from "./logger.mjs";

const notes = openSync(process.env.NOTES, "w");
const rate = Number(process.env.RATE);
// How long one turn of the event loop lasts.
const turnMs = Number(process.env.TURN_MS ?? 0);
const level = process.env.LEVEL;
const log = await openLogger();
const startMs = performance.now();
let n = 0;
setInterval(() => {
  const turnEndMs = performance.now() + turnMs;
  do {
    const due = ((performance.now() - startMs) / 1_000) * rate;
    while (n < due) {
      log[level]({ n }, "noted");
      writeSync(notes, `${n++} ${performance.now().toFixed(3)}\n`);
    }
  } while (performance.now() < turnEndMs);
}, 1);
