import { ask } from "./messages.ts";
import type { ServerProcess } from "./server-process.ts";
import type { Variant } from "./variants.ts";

const LINES_TIMEOUT_MS = 10_000;

/** Prove that a variant accepts and answers request ids, if it says so. Returns how many requests that took. */
export async function proveRequestId(variant: Variant, port: number): Promise<number> {
  if (!variant.answersRequestId) return 0;
  const given = await answeredId(port, { "x-request-id": "proof-1" });
  if (given !== "proof-1") throw new Error(`answered request id "${given}" to "proof-1"`);
  const generated = await answeredId(port, {});
  if (!generated) throw new Error("answered no request id");
  return 2;
}

async function answeredId(port: number, headers: Record<string, string>): Promise<string | null> {
  const response = await fetch(`http://127.0.0.1:${port}/api/acme/orders/1`, { headers });
  await response.arrayBuffer();
  return response.headers.get("x-request-id");
}

/** Wait for the lines of all requests sent so far, and prove the sampled ones right. */
export async function proveLines(variant: Variant, server: ServerProcess, sent: number): Promise<void> {
  const { isRequestLine, linesPerRequest = 1 } = variant;
  if (!isRequestLine) return;
  await server.stdout.reaches(sent * linesPerRequest, LINES_TIMEOUT_MS);
  const wrong = server.stdout.takeSamples().find((line) => !isRequestLine(line));
  if (wrong !== undefined) throw new Error(`not the line of a request: ${wrong.slice(0, 500)}`);
}

/** Prove that a variant wrote no line too many and that its histogram counted every request. */
export async function proveTotals(variant: Variant, server: ServerProcess, sent: number): Promise<void> {
  const { text } = await ask<{ text: string }>(server.child, "metrics");
  const lines = server.stdout.lines;
  const expected = variant.isRequestLine ? sent * (variant.linesPerRequest ?? 1) : 0;
  if (lines !== expected) throw new Error(`wrote ${lines} lines for ${sent} requests`);
  if (variant.histogram === undefined) return;
  const observed = countObserved(text, variant.histogram);
  if (observed !== sent) throw new Error(`${variant.histogram} counted ${observed} of ${sent} requests`);
}

function countObserved(exposition: string, histogram: string): number {
  return exposition
    .split("\n")
    .filter((line) => line.startsWith(`${histogram}_count`))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" ") + 1)), 0);
}
