import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import type { ExchangeSource } from "../../src/http/exchange.ts";

/** What Node's responses hold beside what its types say. */
interface ResponseInternals {
  /** The head as it went out; HTTP/2's responses have none. */
  readonly _header?: string | null;
  /** HTTP/2: the stream that carries the response. */
  readonly stream?: { readonly aborted?: boolean };
}

/** A request and response of Node's own server as the kit sees them. A framework on top extends it with what it knows better. */
export class NodeSource implements ExchangeSource {
  // Read when the request arrives: later the method may be overridden, and a socket that closed no longer knows its peer.
  readonly method: string;
  readonly scheme: "http" | "https";
  readonly target: string;
  readonly #req: IncomingMessage;
  readonly #res: ServerResponse & ResponseInternals;
  // Node parses them anew behind a getter: kept, since several are read.
  readonly #headers: IncomingHttpHeaders;
  readonly #remoteAddress: string | undefined;
  /** A pipelined request waits for the connection; until then nothing of its response is sent. */
  #hadConnection: boolean;
  /** 'finish' was emitted: a response that was injected for a test never gets further. */
  #hasFinished = false;
  /** The connection was gone when the last bytes were handed over: Node 20 and 22 call that finished. */
  #isCutOff = false;

  /** @param target the request target before routers rewrote `req.url` */
  constructor(req: IncomingMessage, res: ServerResponse, target: string | undefined = req.url) {
    this.#req = req;
    this.#res = res;
    this.method = req.method ?? "";
    this.scheme = "encrypted" in req.socket ? "https" : "http";
    this.target = target ?? "";
    this.#headers = req.headers;
    this.#remoteAddress = req.socket.remoteAddress;
    this.#hadConnection = res.socket !== null;
    if (!this.#hadConnection) {
      res.once("socket", () => {
        this.#hadConnection = true;
      });
    }
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

  /** Whether the client left while the request still waited for the connection: Node 20 and 22 never close such a response. */
  isAbandoned(): boolean {
    return !this.#hadConnection && this.#req.socket.destroyed;
  }

  /** The last bytes were handed over. */
  noteFinish(): void {
    this.#hasFinished = true;
    // An HTTP/2 stream says by itself whether it was broken off, and its session may end with it.
    this.#isCutOff = this.#req.httpVersionMajor === 1 && this.#req.socket.destroyed;
  }

  status(): number | undefined {
    // Until the headers are sent, statusCode is only what it would have been: 200, mostly.
    if (!this.#hadConnection || !this.#res.headersSent) return undefined;
    // Afterwards it may be set to anything; what was sent stands in "HTTP/1.1 200 OK".
    const { _header: head } = this.#res;
    return typeof head === "string" ? Number(head.slice(9, 12)) : this.#res.statusCode;
  }

  isComplete(): boolean {
    const { writableFinished, writableEnded, errored } = this.#res;
    const isOut = (writableFinished || this.#hasFinished) && writableEnded;
    // Destroyed with an error, it may have been ended afterwards.
    return isOut && !errored && !this.#isCutOff && !this.#isStreamAborted();
  }

  #isStreamAborted(): boolean {
    return this.#req.httpVersionMajor > 1 && this.#res.stream?.aborted === true;
  }

  responseError(): unknown {
    return this.#hadConnection ? (this.#res.errored ?? undefined) : undefined;
  }

  route(): string | undefined {
    return undefined;
  }

  clientAddress(): string | undefined {
    try {
      return this.forwardedAddress() ?? this.#remoteAddress;
    } catch {
      return this.#remoteAddress; // The application's own trust function threw.
    }
  }

  /** The client's address through the proxies that the application trusts, where the framework knows it. */
  protected forwardedAddress(): string | undefined {
    return undefined;
  }

  responseHeader(name: string): string | undefined {
    const value = this.#res.getHeader(name);
    if (value === undefined) return name === "content-length" ? this.#sentLength() : undefined;
    return typeof value === "string" ? value : String(value);
  }

  /** The length that Node worked out and wrote into the head by itself. */
  #sentLength(): string | undefined {
    const { _header: head } = this.#res;
    return typeof head === "string" ? /\r\nContent-Length: (\d+)\r\n/.exec(head)?.[1] : undefined;
  }
}
