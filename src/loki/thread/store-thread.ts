import { Worker } from "node:worker_threads";
import type { Alert } from "../../rules/index.ts";
import type { ApiRequest } from "../api/api-message.ts";
import type { LineBatch } from "../collect/line-collector.ts";
import type { FollowedQuery, LogBackend } from "./log-backend.ts";
import type { StoreOptions } from "./store-host.ts";
import type { FromThread, SentAnswer, ToThread } from "./thread-message.ts";

export interface StoreThreadEvents {
  readonly alert?: (alert: Alert) => void;
  readonly problem?: (message: string) => void;
  /** The thread ended by itself, for this reason. */
  readonly failed: (error: Error) => void;
}

const queries = /\/(?:query|query_range|detected_fields|values)$/;

/** A store in a thread of its own. */
export class StoreThread implements LogBackend {
  readonly #worker: Worker;
  readonly #events: StoreThreadEvents;
  readonly #waiting: Map<number, (answer: SentAnswer | undefined) => void> = new Map();
  readonly #frames: Map<number, (frame: string) => void> = new Map();
  // Queries go one after the other, so that lines which come meanwhile are taken between two of them.
  #queries: Promise<unknown> = Promise.resolve();
  #lastId = 0;
  #isGone = false;

  constructor(options: StoreOptions, events: StoreThreadEvents) {
    this.#events = events;
    // Beside this file once it is built; the thread's source can't be run as it is.
    this.#worker = new Worker(new URL("./main.js", import.meta.url), { workerData: options });
    // All messages come from main.ts.
    this.#worker.on("message", (message: FromThread) => this.#take(message));
    this.#worker.on("error", (error: Error) => this.#fail(error));
  }

  async call(request: ApiRequest, signal?: AbortSignal): Promise<SentAnswer> {
    if (!queries.test(request.path)) return this.#ask({ kind: "call", request });
    const turn = this.#queries.then(() => {
      // Whoever asked has left: Grafana and the console do so at every change of the range.
      if (signal?.aborted) return unanswered;
      return this.#ask({ kind: "call", request });
    });
    this.#queries = turn.catch(() => undefined);
    return turn;
  }

  /** Hand lines over; resolves once they are in the store. */
  async collect(batch: LineBatch): Promise<void> {
    const id = this.#nextId();
    await this.#wait(id, { kind: "lines", id, batch });
  }

  async tail(request: ApiRequest, onFrame: (frame: string) => void): Promise<FollowedQuery | SentAnswer> {
    const id = this.#nextId();
    this.#frames.set(id, onFrame);
    const refused = await this.#wait(id, { kind: "tail", id, request });
    const end = (): void => {
      this.#frames.delete(id);
      this.#post({ kind: "end-tail", id });
    };
    if (refused) this.#frames.delete(id);
    return refused ?? { end };
  }

  async close(): Promise<void> {
    const id = this.#nextId();
    await this.#wait(id, { kind: "close", id });
    await this.#worker.terminate();
  }

  /** End it in the middle of whatever it does; whoever waits is told that it is gone. */
  async abandon(): Promise<void> {
    this.#leave();
    await this.#worker.terminate();
  }

  async #ask(message: { readonly kind: "call"; readonly request: ApiRequest }): Promise<SentAnswer> {
    const id = this.#nextId();
    return (await this.#wait(id, { ...message, id })) ?? unanswered;
  }

  #wait(id: number, message: ToThread): Promise<SentAnswer | undefined> {
    // Nobody would answer: whoever hands lines over must not wait for ever.
    if (this.#isGone) return Promise.resolve(unanswered);
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#post(message);
    });
  }

  #post(message: ToThread): void {
    this.#worker.postMessage(message);
  }

  #take(message: FromThread): void {
    if (message.kind === "frame") this.#frames.get(message.id)?.(message.frame);
    else if (message.kind === "alert") this.#events.alert?.(message.alert);
    else if (message.kind === "problem") this.#events.problem?.(message.message);
    else {
      this.#waiting.get(message.id)?.(message.answer);
      this.#waiting.delete(message.id);
    }
  }

  #fail(error: Error): void {
    this.#leave();
    this.#events.failed(error);
  }

  #leave(): void {
    this.#isGone = true;
    for (const resolve of this.#waiting.values()) resolve(unanswered);
    this.#waiting.clear();
  }

  #nextId(): number {
    return ++this.#lastId;
  }
}

const unanswered: SentAnswer = {
  status: 503,
  contentType: "text/plain; charset=utf-8",
  body: new TextEncoder().encode("the store is not there any more\n"),
};
