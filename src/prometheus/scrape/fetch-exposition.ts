import { type Exposition, parseExposition } from "./exposition.ts";

export interface FetchOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

const accept =
  "application/openmetrics-text;version=1.0.0;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5," +
  "text/plain;version=0.0.4;q=0.3,*/*;q=0.2";

/** Ask a target for its metrics. @throws Error that says why there are none. */
export async function fetchExposition(url: string, options: FetchOptions): Promise<Exposition> {
  const { headers, timeoutMs, maxBytes } = options;
  const response = await fetch(url, {
    headers: { accept, "x-prometheus-scrape-timeout-seconds": String(timeoutMs / 1000), ...headers },
    signal: AbortSignal.timeout(timeoutMs),
    redirect: "follow",
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`server returned HTTP status ${response.status} ${response.statusText}`.trimEnd());
  }
  const openMetrics = (response.headers.get("content-type") ?? "").startsWith("application/openmetrics-text");
  return parseExposition(await limitedText(response, maxBytes), { openMetrics });
}

/** Why a scrape failed, with the reason below the one that fetch gives. */
export function failureText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return "context deadline exceeded";
  return error.cause instanceof Error && error.cause.message !== "" ? error.cause.message : error.message;
}

async function limitedText(response: Response, maxBytes: number): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > maxBytes) throw new Error(`the body is larger than ${maxBytes} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}
