import { createInterface } from "node:readline/promises";
import type { Terminal } from "../../command.ts";

/** Ask for a yes. Where nobody can answer, it is no. */
export async function ask(question: string, { stdin, stderr }: Terminal): Promise<boolean> {
  if (!stdin.isTTY) return false;
  const prompt = createInterface({ input: stdin, output: stderr });
  try {
    return /^y(es)?$/i.test((await prompt.question(`${question} [y/N] `)).trim());
  } finally {
    prompt.close();
  }
}
