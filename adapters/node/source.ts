import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import type { ExchangeSource } from "../../src/http/exchange.ts";

/** A request and response of Node's own server as the kit sees them. A framework on top extends it with what it knows better. */
export class NodeSource implements ExchangeSource {
  readonly target: string;
  readonly #req: IncomingMessage;
  // Node parses them anew behind a getter: kept, since several are read.
  readonly #headers: IncomingHttpHeaders;
  readonly #res: ServerResponse;
  // Read now: a socket that closed no longer knows its peer.
  readonly #remoteAddress: string | undefined;

  /** @param target the request target before routers rewrote `req.url` */
  constructor(req: IncomingMessage, res: ServerResponse, target: string | undefined = req.url) {
    this.#req = req;
    this.#headers = req.headers;
    this.#res = res;
    this.target = target ?? "";
    this.#remoteAddress = req.socket.remoteAddress;
  }

  get method(): string {
    return this.#req.method ?? "";
  }

  get scheme(): "http" | "https" {
    return "encrypted" in this.#req.socket ? "https" : "http";
  }

  get httpVersion(): string {
    const { httpVersion, httpVersionMajor } = this.#req;
    return httpVersionMajor > 1 ? String(httpVersionMajor) : httpVersion;
  }

  requestHeader(name: string): string | undefined {
    const value = this.#headers[name];
    return typeof value === "object" ? value.join(", ") : value;
  }

  isConnected(): boolean {
    return !this.#req.socket.destroyed;
  }

  status(): number | undefined {
    // Until the headers are sent, statusCode is only what it would have been: 200, mostly.
    return this.#res.headersSent ? this.#res.statusCode : undefined;
  }

  isComplete(): boolean {
    return this.#res.writableFinished;
  }

  responseError(): unknown {
    return this.#res.errored ?? undefined;
  }

  route(): string | undefined {
    return undefined;
  }

  clientAddress(): string | undefined {
    return this.#remoteAddress;
  }

  responseHeader(name: string): string | undefined {
    const value = this.#res.getHeader(name);
    return value === undefined || typeof value === "string" ? value : String(value);
  }
}
