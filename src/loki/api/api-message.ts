/** One call of the API, as it passes from the server to the thread that has the store. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** In lower case, without parameters. */
  readonly contentType: string;
  readonly contentEncoding: string;
  /** The header X-Loki-Response-Encoding-Flags. */
  readonly encodingFlags: string;
  readonly body: Uint8Array;
}

export interface ApiAnswer {
  readonly status: number;
  /** Empty where there is no body. */
  readonly contentType: string;
  readonly body: string;
}

/** A call that can't be answered: what is wrong with it. */
export class ApiError extends Error {
  readonly status: number;

  constructor(message: string, status = 400) {
    super(message);
    this.status = status;
  }
}

export function plain(status: number, body: string): ApiAnswer {
  return { status, contentType: body === "" ? "" : "text/plain; charset=utf-8", body };
}

export function json(body: unknown, contentType = "application/json; charset=UTF-8"): ApiAnswer {
  return { status: 200, contentType, body: JSON.stringify(body) };
}

/** The envelope of most answers. */
export function success(data: unknown): ApiAnswer {
  return json({ status: "success", data });
}
