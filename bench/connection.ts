import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { PreparedRequest } from "./requests.ts";

const END_OF_HEAD = Buffer.from("\r\n\r\n");
const CHUNKED = Buffer.from("\r\nTransfer-Encoding: chunked\r\n");
const NOTHING: Buffer = Buffer.alloc(0);

/** Yields the next request to send, or nothing once the round is over. */
export type NextRequest = () => PreparedRequest | undefined;

/**
 * A keep-alive connection that has one request under way at a time.
 * It parses no headers: the answer is known, so it is compared instead, which keeps the load cheaper than the server.
 */
export class Connection {
  readonly #socket: Socket;
  #expected: PreparedRequest | undefined;
  #received: Buffer = NOTHING;
  #next: NextRequest = () => undefined;
  #settle: (failure?: Error) => void = () => {};

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on("data", (chunk: Buffer) => this.#receive(chunk));
    socket.on("error", (failure) => this.#settle(failure));
    socket.on("close", () => this.#settle(new Error("the server closed a connection")));
  }

  static async open(port: number, onClose: () => void): Promise<Connection> {
    const socket = connect(port, "127.0.0.1");
    await once(socket, "connect");
    socket.on("close", onClose);
    return new Connection(socket);
  }

  /**
   * Send requests one after another until `next` has none left.
   * @throws when the connection fails or an answer differs by one byte of status line or body.
   */
  drive(next: NextRequest): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#next = next;
      this.#settle = (failure) => (failure ? reject(failure) : resolve());
      this.#send();
    });
  }

  #send(): void {
    this.#expected = this.#next();
    if (this.#expected) this.#socket.write(this.#expected.bytes);
    else this.#settle();
  }

  #receive(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    const head = this.#received.indexOf(END_OF_HEAD);
    if (head < 0 || !this.#expected) return;
    const bodyStart = head + END_OF_HEAD.length;
    const body = bodyOf(this.#expected, this.#received.subarray(0, bodyStart));
    if (this.#received.length < bodyStart + body.length) return;
    if (!isAnswer(this.#received, bodyStart, body, this.#expected.statusLine)) {
      this.#socket.destroy(new Error(`unexpected answer:\n${this.#received.toString("utf8")}`));
      return;
    }
    this.#received = NOTHING;
    this.#send();
  }
}

function bodyOf({ body, chunkedBody }: PreparedRequest, head: Buffer): Buffer {
  return head.includes(CHUNKED) ? chunkedBody : body;
}

function isAnswer(received: Buffer, bodyStart: number, body: Buffer, statusLine: Buffer): boolean {
  return (
    received.subarray(bodyStart).equals(body) && received.subarray(0, statusLine.length).equals(statusLine)
  );
}
