// Writes COUNT numbered lines, in one turn of the event loop or in many, and ends the way END says.
import { writeFileSync } from "node:fs";
import { openLogger } from "./logger.mjs";

const count = Number(process.env.COUNT);
const perTurn = process.env.PATTERN === "paced" ? 500 : count;
const log = await openLogger();
let n = 0;

function turn() {
  for (let line = 0; line < perTurn && n < count; line++) log.info({ n: n++ }, "one of many");
  if (n < count) setImmediate(turn);
  else end(process.env.END);
}

function end(how) {
  // So that what comes after can be timed from outside.
  if (process.env.NOTES) writeFileSync(process.env.NOTES, String(Date.now()));
  if (how === "exit") process.exit(3);
  if (how === "throw") throw new Error("the end");
  if (how === "reject") void Promise.reject(new Error("the end"));
  // A process does not end by itself while a server listens: an open handle stands for one.
  if (how.startsWith("SIG")) {
    setInterval(() => undefined, 1_000);
    process.kill(process.pid, how);
  }
}

turn();
