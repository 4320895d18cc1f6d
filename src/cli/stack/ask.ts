/** A part of the stack that did not answer, or not with what it should. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
}

export interface AskOptions {
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON to post. */
  readonly body?: unknown;
}

const timeoutMs = 10_000;

/** Ask a part of the stack for JSON. @throws NoAnswer */
export async function askJson(base: URL, path: string, options: AskOptions = {}): Promise<unknown> {
  const text = await askText(base, path, options);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new NoAnswer(`${place(base, path)} answered something that is no JSON`, { cause });
  }
}

/** Ask a part of the stack for text. @throws NoAnswer */
export async function askText(base: URL, path: string, options: AskOptions = {}): Promise<string> {
  const { query = {}, body } = options;
  const url = new URL(`${base.pathname.replace(/\/$/, "")}${path}`, base.origin);
  for (const [name, values] of Object.entries(query)) {
    for (const value of [values].flat()) url.searchParams.append(name, value);
  }
  const headers = {
    ...credentials(base),
    ...(body !== undefined && { "content-type": "application/json" }),
    ...options.headers,
  };
  const response = await send(url, {
    headers,
    ...(body !== undefined && { method: "POST", body: JSON.stringify(body) }),
  }).catch((error: unknown) => {
    throw new NoAnswer(`${place(base, path)} did not answer: ${reason(error)}`, { cause: error });
  });
  const text = await response.text();
  if (response.ok) return text;
  throw new NoAnswer(`${place(base, path)} answered ${response.status}: ${text.trim().slice(0, 200)}`);
}

/** What `http://user:password@host` says; fetch refuses such a URL. */
function credentials({ username, password }: URL): Record<string, string> {
  if (username === "") return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString("base64")}` };
}

function send(url: URL, init: RequestInit): Promise<Response> {
  return fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
}

/** For people: an origin is without the password that a URL may hold. */
function place(base: URL, path: string): string {
  return `${base.origin}${path}`;
}

/** What a refused connection is is said by the error's cause, or by the first of several tried. */
function reason(error: unknown): string {
  const { cause, message } = Object(error) as {
    cause?: { code?: string; message?: string };
    message?: string;
  };
  return cause?.code ?? cause?.message ?? message ?? String(error);
}
