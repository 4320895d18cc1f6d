import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { isAddress } from "../../src/http/client-address.ts";
import type { ExchangeSource } from "../../src/http/exchange.ts";
import type { ExchangePreferences } from "../../src/http/preferences.ts";

/** What Node's responses hold beside what its types say. */
interface ResponseInternals {
  /** The head as it went out; HTTP/2's responses have none. */
  readonly _header?: string | null;
  /** HTTP/2: the stream that carries the response. */
  readonly stream?: { readonly aborted?: boolean };
}

const lengthHeader = "\r\nContent-Length: ";

/**
 * A request and response of Node's own server as the kit sees them. A framework on top extends it with what it knows better.
 *
 * What they hold is read once and kept where it can be: Express changes their prototypes, after which Node 20 and 22 look
 * every property of theirs up anew for each request, which costs more than all that is done with it.
 */
export class NodeSource implements ExchangeSource {
  // Read when the request arrives: later the method may be overridden, and a socket that closed no longer knows its peer.
  readonly method: string;
  readonly scheme: "http" | "https";
  readonly target: string;
  readonly httpVersion: string;
  readonly #socket: IncomingMessage["socket"];
  preferences: ExchangePreferences | undefined = undefined;
  readonly #res: ServerResponse & ResponseInternals;
  readonly #headers: IncomingHttpHeaders;
  readonly #remoteAddress: string | undefined;
  /** A pipelined request waits for the connection; until then nothing of its response is sent. */
  #hadConnection: boolean;
  /** It was ended, and 'finish' emitted: a response that was injected for a test never gets further. */
  #hasFinished = false;
  /** The connection was gone when the last bytes were handed over: Node 20 and 22 call that finished. */
  #isCutOff = false;

  /** @param target the request target before routers rewrote `req.url` */
  constructor(req: IncomingMessage, res: ServerResponse, target: string | undefined = req.url) {
    const { method, socket, headers, httpVersion } = req;
    this.method = method ?? "";
    this.scheme = "encrypted" in socket ? "https" : "http";
    this.target = target ?? "";
    this.httpVersion = httpVersion === "2.0" ? "2" : httpVersion;
    this.#socket = socket;
    this.#res = res;
    this.#headers = headers;
    this.#remoteAddress = socket.remoteAddress;
    // One that is finished has given its connection back.
    this.#hadConnection = res.socket !== null || res.writableFinished;
    if (!this.#hadConnection) {
      res.once("socket", () => {
        this.#hadConnection = true;
      });
    }
  }

  requestHeader(name: string): string | undefined {
    const value = this.#headers[name];
    return typeof value === "object" ? value.join(", ") : value;
  }

  isConnected(): boolean {
    return !this.#socket.destroyed;
  }

  /** Whether the client left while the request still waited for the connection: Node 20 and 22 never close such a response. */
  isAbandoned(): boolean {
    return !this.#hadConnection && this.#socket.destroyed;
  }

  /** The head of the response is out already: somebody answered before the request was watched. */
  hasSentHead(): boolean {
    return Boolean(this.#res._header);
  }

  /** The last bytes were handed over. */
  noteFinish(): void {
    // An HTTP/2 stream says so as well when it was broken off, and its session may end with it.
    this.#hasFinished = this.httpVersion !== "2" || this.#res.writableEnded;
    this.#isCutOff = this.httpVersion !== "2" && this.#socket.destroyed;
  }

  status(): number | undefined {
    if (!this.#hadConnection) return undefined;
    // What was sent stands in "HTTP/1.1 200 OK"; afterwards statusCode may be set to anything.
    const { _header: head } = this.#res;
    if (typeof head === "string") return Number(head.slice(9, 12));
    // Until the headers are sent, statusCode is only what it would have been: 200, mostly.
    return this.#res.headersSent ? this.#res.statusCode : undefined;
  }

  isComplete(): boolean {
    const isOut = this.#hasFinished || this.#isFinished();
    // Destroyed with an error, it may have been ended afterwards.
    return isOut && !this.#isCutOff && this.responseError() === undefined && !this.#isStreamAborted();
  }

  /** What it says of itself, where nobody saw it finish. Ended once its connection was destroyed, it says the same. */
  #isFinished(): boolean {
    const { writableFinished, writableEnded } = this.#res;
    return writableFinished && writableEnded && (!this.#socket.destroyed || this.#socket.writableEnded);
  }

  #isStreamAborted(): boolean {
    return this.httpVersion === "2" && this.#res.stream?.aborted === true;
  }

  isBrokenOff(): boolean {
    const { destroyed, readableEnded, errored } = this.#socket;
    if (!destroyed || this.isComplete()) return false;
    // A client that leaves closes its side, or resets the connection: on one that just was destroyed, it did neither.
    const isDestroyed = this.httpVersion !== "2" && !readableEnded && !errored;
    return isDestroyed || this.responseError() !== undefined;
  }

  responseError(): unknown {
    // Who destroys a response destroys its connection: on one that stands, none was.
    const mayHave = this.#hadConnection && this.#socket.destroyed;
    return mayHave ? (this.#res.errored ?? undefined) : undefined;
  }

  route(): string | undefined {
    return undefined;
  }

  clientAddress(): string | undefined {
    try {
      const forwarded = this.forwardedAddress();
      if (forwarded === undefined || forwarded === this.#remoteAddress) return this.#remoteAddress;
      return isAddress(forwarded) ? forwarded : this.#remoteAddress;
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
    const at = typeof head === "string" ? head.indexOf(lengthHeader) : -1;
    if (!head || at < 0) return undefined;
    const from = at + lengthHeader.length;
    return head.slice(from, head.indexOf("\r\n", from));
  }
}
