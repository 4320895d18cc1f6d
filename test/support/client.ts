import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import { connect, type Socket } from "node:net";

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface Ask {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Buffer;
}

/** Ask a server for an answer, whole. A new connection each time. */
export async function ask(url: string, options: Ask = {}): Promise<Answer> {
  const response = await open(url, options);
  let text = "";
  for await (const chunk of response.setEncoding("utf8")) text += String(chunk);
  return { status: response.statusCode ?? 0, headers: response.headers, text };
}

/** Ask, and answer as soon as the response's head is there. */
export function open(url: string, options: Ask = {}): Promise<IncomingMessage> {
  const { method = "GET", headers = {}, body } = options;
  return new Promise((resolve, reject) => {
    httpRequest(url, { method, headers, agent: false }, resolve).on("error", reject).end(body);
  });
}

/** Send raw bytes and answer all that comes back until the connection closes. */
export async function sendRaw(url: string, bytes: string): Promise<string> {
  const socket = await rawConnection(url, bytes);
  let text = "";
  for await (const chunk of socket.setEncoding("latin1")) text += String(chunk);
  return text;
}

/** Open a connection and send raw bytes; the caller reads, writes and closes. */
export function rawConnection(url: string, bytes: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(bytes, "latin1");
      resolve(socket);
    }).on("error", reject);
  });
}
