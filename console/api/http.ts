/** A request that failed: what was asked, and what the server said. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly query: string;
  readonly status: number;

  constructor(reason: string, { query, status, cause }: { query: string; status: number; cause?: unknown }) {
    super(reason, { cause });
    this.query = query;
    this.status = status;
  }
}

export interface RequestOptions {
  readonly parameters?: Readonly<Record<string, string | number | undefined>>;
  /** What an error names as having been asked. */
  readonly query?: string;
  readonly signal?: AbortSignal | undefined;
}

/** Ask for JSON. @throws ApiError when the server can't be reached, refuses, or answers no JSON. */
export async function getJson(address: string, options: RequestOptions = {}): Promise<unknown> {
  const text = await getText(address, options);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ApiError("The answer is not JSON", { query: options.query ?? address, status: 200, cause });
  }
}

/** Asks for the `data` of an answer, which Loki and Prometheus wrap alike. @throws ApiError */
export type AskData = (path: string, options: RequestOptions) => Promise<unknown>;

/** What asks an API below an address. */
export function dataBelow(address: string): AskData {
  return async (path, options) =>
    ((await getJson(`${address}/${path}`, options)) as { readonly data: unknown }).data;
}

/** A list of texts; Loki leaves `data` out when there is nothing. */
export function textList(data: unknown): readonly string[] {
  return Array.isArray(data) ? data.map(String) : [];
}

/** Ask for text. @throws ApiError */
export async function getText(address: string, options: RequestOptions = {}): Promise<string> {
  const query = options.query ?? address;
  const response = await send(address + asQuery(options.parameters ?? {}), query, options.signal);
  const text = await response.text();
  if (response.ok) return text;
  throw new ApiError(reasonIn(text) || `HTTP ${response.status} ${response.statusText}`, {
    query,
    status: response.status,
  });
}

async function send(url: string, query: string, signal: AbortSignal | undefined): Promise<Response> {
  try {
    return await fetch(url, { signal: signal ?? null, headers: { accept: "application/json, text/plain" } });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiError("The server does not answer: it may have stopped", { query, status: 0, cause });
  }
}

function asQuery(parameters: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(parameters).filter(
    (pair): pair is [string, string | number] => pair[1] !== undefined,
  );
  if (given.length === 0) return "";
  return `?${new URLSearchParams(given.map(([key, value]) => [key, String(value)]))}`;
}

/** Loki answers errors as text or JSON, Prometheus as JSON with `error`. */
function reasonIn(text: string): string {
  try {
    const { error, message } = JSON.parse(text) as { readonly error?: string; readonly message?: string };
    return error ?? message ?? "";
  } catch {
    return text.trim().slice(0, 2000);
  }
}
