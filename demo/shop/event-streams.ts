import type { Request, Response } from "express";

/** Server-sent events: every reader hears of every order, until it leaves or the shop closes. */
export class EventStreams {
  readonly #readers = new Set<Response>();

  /** `GET /events` */
  open(_req: Request, res: Response): void {
    res.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    res.write("retry: 5000\n\n");
    this.#readers.add(res);
    res.on("close", () => this.#readers.delete(res));
  }

  send(event: object): void {
    for (const reader of this.#readers) reader.write(`data: ${JSON.stringify(event)}\n\n`);
  }

  /** End every stream: a drain would otherwise wait for them in vain. */
  close(): void {
    for (const reader of this.#readers) reader.end();
  }
}
