import type { Progress } from "./measure.ts";

/** Show progress as one line that rewrites itself on a terminal, and as plain lines elsewhere. */
export function createProgress(stream: NodeJS.WriteStream): Progress {
  const started = performance.now();
  let width = 0;
  return (message) => {
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    const line = `bench ${seconds}s: ${message}`;
    stream.write(stream.isTTY ? `\r${line.padEnd(width)}` : `${line}\n`);
    width = line.length;
  };
}
