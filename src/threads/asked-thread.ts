import { Worker } from "node:worker_threads";

interface NumberedAnswer<Answer> {
  readonly kind: "answer";
  /** Of the question. */
  readonly id: number;
  readonly answer: Answer;
}

/** What a thread that is asked sends: answers, and news of a kind of its own. */
export type FromAskedThread<Answer, News> = NumberedAnswer<Answer> | News;

export interface AskedThreadEvents<Answer, News> {
  /** What the thread tells by itself. */
  readonly news: (news: News) => void;
  /** The thread ended by itself, for this reason. */
  readonly failed: (error: Error) => void;
  /** What whoever waits is told when the thread is gone. */
  readonly gone: Answer;
}

/** A worker thread that is asked, and answers. */
export class AskedThread<Question extends object, Answer, News extends { readonly kind: string }> {
  readonly #worker: Worker;
  readonly #events: AskedThreadEvents<Answer, News>;
  readonly #waiting: Map<number, (answer: Answer) => void> = new Map();
  #turn: Promise<unknown> = Promise.resolve();
  #lastId = 0;
  #isGone = false;

  /** `data` is what the thread is started with. */
  constructor(file: URL, data: unknown, events: AskedThreadEvents<Answer, News>) {
    this.#events = events;
    this.#worker = new Worker(file, { workerData: data });
    // The file at the other end sends nothing else.
    this.#worker.on("message", (message: FromAskedThread<Answer, News>) => this.#take(message));
    this.#worker.on("error", (error: Error) => this.#fail(error));
  }

  nextId(): number {
    return ++this.#lastId;
  }

  /** Ask at once. */
  ask(question: Question, id: number = this.nextId()): Promise<Answer> {
    // Nobody would answer: whoever hands something over must not wait for ever.
    if (this.#isGone) return Promise.resolve(this.#events.gone);
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.post({ ...question, id });
    });
  }

  /** Ask once those before have their answers, so that what comes meanwhile is taken between two of them. */
  askInTurn(question: Question, signal?: AbortSignal): Promise<Answer> {
    const answer = this.#turn.then(() => {
      // Whoever asked has left: Grafana and the console do so at every change of the range.
      if (signal?.aborted) return this.#events.gone;
      return this.ask(question);
    });
    this.#turn = answer.catch(() => undefined);
    return answer;
  }

  /** Tell, without an answer. */
  post(message: object): void {
    this.#worker.postMessage(message);
  }

  /** End it in the middle of whatever it does; whoever waits is told that it is gone. */
  async end(): Promise<void> {
    this.#leave();
    await this.#worker.terminate();
  }

  #take(message: FromAskedThread<Answer, News>): void {
    if (!isAnswer(message)) {
      this.#events.news(message);
      return;
    }
    this.#waiting.get(message.id)?.(message.answer);
    this.#waiting.delete(message.id);
  }

  #fail(error: Error): void {
    this.#leave();
    this.#events.failed(error);
  }

  #leave(): void {
    this.#isGone = true;
    for (const resolve of this.#waiting.values()) resolve(this.#events.gone);
    this.#waiting.clear();
  }
}

function isAnswer<Answer, News extends { readonly kind: string }>(
  message: FromAskedThread<Answer, News>,
): message is NumberedAnswer<Answer> {
  return message.kind === "answer";
}
