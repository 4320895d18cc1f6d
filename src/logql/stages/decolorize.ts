import type { StageRunner } from "./stage-runner.ts";

// ECMA-48 control sequences, of which colours are one sort.
const sequence = /\u001b\[[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)/g;

/** `| decolorize`: take the ANSI escape sequences out of the line. */
export function decolorizeStage(): StageRunner {
  return (entry) => {
    if (entry.line.includes("\u001b")) entry.line = entry.line.replace(sequence, "");
    return true;
  };
}
