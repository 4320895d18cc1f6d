#!/usr/bin/env node
import { runProgram } from "./program.ts";

const endless: ReadonlySet<string> = new Set(["query", "dev"]);

// Whoever reads the output may have seen enough: `taffrail query … | head`. What `test` or `lint` finds still decides how
// they end.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") process.exit(2);
  if (endless.has(process.argv[2] ?? "")) process.exit(0);
});

void runProgram(process.argv.slice(2), process).then((code) => {
  // Set, not exit(): what was written to a pipe must still drain.
  process.exitCode = code;
});
