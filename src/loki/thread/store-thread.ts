import type { Alert } from "../../rules/index.ts";
import { AskedThread } from "../../threads/asked-thread.ts";
import type { ApiRequest } from "../api/api-message.ts";
import type { LineBatch } from "../collect/line-collector.ts";
import type { FollowedQuery, LogBackend } from "./log-backend.ts";
import type { StoreOptions } from "./store-host.ts";
import type { News, Question, SentAnswer } from "./thread-message.ts";

export interface StoreThreadEvents {
  readonly alert?: (alert: Alert) => void;
  readonly problem?: (message: string) => void;
  /** The thread ended by itself, for this reason. */
  readonly failed: (error: Error) => void;
}

const queries = /\/(?:query|query_range|detected_fields|values)$/;

/** A store in a thread of its own. */
export class StoreThread implements LogBackend {
  readonly #thread: AskedThread<Question, SentAnswer | undefined, News>;
  readonly #events: StoreThreadEvents;
  readonly #frames: Map<number, (frame: string) => void> = new Map();

  constructor(options: StoreOptions, events: StoreThreadEvents) {
    this.#events = events;
    // Beside this file once it is built; the thread's source can't be run as it is.
    this.#thread = new AskedThread<Question, SentAnswer | undefined, News>(
      new URL("./main.js", import.meta.url),
      options,
      {
        news: (news) => this.#hear(news),
        failed: events.failed,
        gone: unanswered,
      },
    );
  }

  async call(request: ApiRequest, signal?: AbortSignal): Promise<SentAnswer> {
    const question = { kind: "call", request } as const;
    const answer = queries.test(request.path)
      ? this.#thread.askInTurn(question, signal)
      : this.#thread.ask(question);
    return (await answer) ?? unanswered;
  }

  /** Hand lines over; resolves once they are in the store. */
  async collect(batch: LineBatch): Promise<void> {
    await this.#thread.ask({ kind: "lines", batch });
  }

  async tail(request: ApiRequest, onFrame: (frame: string) => void): Promise<FollowedQuery | SentAnswer> {
    const id = this.#thread.nextId();
    this.#frames.set(id, onFrame);
    const refused = await this.#thread.ask({ kind: "tail", request }, id);
    const end = (): void => {
      this.#frames.delete(id);
      this.#thread.post({ kind: "end-tail", id });
    };
    if (refused) this.#frames.delete(id);
    return refused ?? { end };
  }

  async close(): Promise<void> {
    await this.#thread.ask({ kind: "close" });
    await this.#thread.end();
  }

  /** End it in the middle of whatever it does; whoever waits is told that it is gone. */
  async abandon(): Promise<void> {
    await this.#thread.end();
  }

  #hear(news: News): void {
    if (news.kind === "frame") this.#frames.get(news.id)?.(news.frame);
    else if (news.kind === "alert") this.#events.alert?.(news.alert);
    else this.#events.problem?.(news.message);
  }
}

const unanswered: SentAnswer = {
  status: 503,
  contentType: "text/plain; charset=utf-8",
  body: new TextEncoder().encode("the store is not there any more\n"),
};
