import type { Alert } from "../../rules/index.ts";
import { AskedThread } from "../../threads/asked-thread.ts";
import { createApiHandler, type EncodedAnswer, encoded, type PrometheusHandler } from "../api/api-handler.ts";
import type { ScrapeTarget } from "../scrape/target.ts";
import type { News, Question, ThreadData } from "./thread-message.ts";

export interface PrometheusThreadEvents {
  readonly alert: (alert: Alert) => void;
  readonly problem: (message: string) => void;
  /** The thread ended by itself, for this reason. */
  readonly failed: (error: Error) => void;
}

/** Metrics on a laptop in a thread of their own: it scrapes and evaluates on schedule from the start. */
export class PrometheusThread {
  /** Answers what lies below /api/v1/; leaves the rest. */
  readonly handler: PrometheusHandler;
  readonly #thread: AskedThread<Question, EncodedAnswer | undefined, News>;

  constructor(options: ThreadData, { alert, problem, failed }: PrometheusThreadEvents) {
    // Beside this file once it is built; the thread's source can't be run as it is.
    this.#thread = new AskedThread<Question, EncodedAnswer | undefined, News>(
      new URL("./main.js", import.meta.url),
      options,
      {
        news: (news) => (news.kind === "alert" ? alert(news.alert) : problem(news.message)),
        failed,
        gone: unanswered,
      },
    );
    this.handler = createApiHandler(
      async (request, signal) =>
        (await this.#thread.askInTurn({ kind: "call", request }, signal)) ?? unanswered,
    );
  }

  /** Scrape one target more, unless it is known, or there are a hundred. */
  addTarget(target: ScrapeTarget): void {
    void this.#thread.ask({ kind: "target", target });
  }

  /** End it; what it does at the moment is not waited for, since nothing of it is kept. */
  close(): Promise<void> {
    return this.#thread.end();
  }
}

const unanswered = encoded({
  status: 503,
  body: { status: "error", errorType: "unavailable", error: "the metrics are not there any more" },
});
