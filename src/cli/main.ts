#!/usr/bin/env node
import { runProgram } from "./program.ts";

// Whoever reads the output may have seen enough: `taffrail query … | head`.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? 0 : 2);
});

void runProgram(process.argv.slice(2), process).then((code) => {
  // Set, not exit(): what was written to a pipe must still drain.
  process.exitCode = code;
});
