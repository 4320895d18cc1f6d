import { localBackend, StoreHost, type StoreOptions, startLogServer } from "../../src/loki/index.ts";

export interface ServedStore {
  readonly host: StoreHost;
  readonly url: string;
  readonly problems: string[];
  close(): Promise<void>;
}

/** Serve a store in this process, on a free port. The rules stand still until they are advanced. */
export async function serveStore(
  options: Partial<StoreOptions> = {},
  now: () => number = Date.now,
): Promise<ServedStore> {
  const frames = new Map<number, (frame: string) => void>();
  const problems: string[] = [];
  const events = {
    tail: (id: number, frame: string) => frames.get(id)?.(frame),
    alert: () => undefined,
    problem: (message: string) => void problems.push(message),
  };
  const host = new StoreHost({ version: "0.0.0", ...options }, events, now);
  const server = await startLogServer({ backend: localBackend(host, frames), port: 0 });
  return { host, url: server.url, problems, close: () => server.close() };
}

/** Push one stream of lines, the first at a time in milliseconds, each a millisecond after the other. */
export async function pushLines(
  url: string,
  stream: Readonly<Record<string, string>>,
  lines: readonly string[],
  firstMs: number = Date.now() - 1_000,
): Promise<Response> {
  const values = lines.map((line, i) => [`${firstMs + i}000000`, line]);
  return fetch(`${url}/loki/api/v1/push`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ streams: [{ stream, values }] }),
  });
}

/** Ask an endpoint, and read its JSON. */
export async function getJson(
  url: string,
  path: string,
  parameters: Readonly<Record<string, string>> = {},
  headers: Readonly<Record<string, string>> = {},
  // The shape is what a test is about.
  // biome-ignore lint/suspicious/noExplicitAny: see above
): Promise<any> {
  const answer = await fetch(`${url}${path}?${new URLSearchParams(parameters)}`, { headers });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}
