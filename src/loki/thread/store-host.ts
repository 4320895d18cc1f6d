import type { Alert } from "../../rules/index.ts";
import { logqlQuery, Notifier, parseRuleFile, problemText, type RuleFile, Ruler } from "../../rules/index.ts";
import { createApi } from "../api/api.ts";
import type { ApiAnswer, ApiRequest } from "../api/api-message.ts";
import { type LineBatch, LineCollector } from "../collect/line-collector.ts";
import { History, type HistoryOptions } from "../history/history.ts";
import { LogCore } from "../log-core.ts";
import { type TailSink, Tails } from "./tails.ts";

/** What a store is made of; plain data, so that it can pass to another thread. */
export interface StoreOptions {
  /** The version of this package. */
  readonly version: string;
  /**
   * Bytes of log text kept; the oldest go first.
   * @default 268435456
   */
  readonly maxBytes?: number;
  /** Rule files, by path. */
  readonly rules?: readonly { readonly path: string; readonly text: string }[];
  /**
   * Milliseconds between two evaluations of a group of rules that does not say.
   * @default 60000
   */
  readonly ruleIntervalMs?: number;
  /** An Alertmanager to tell of alerts. */
  readonly alertmanagerUrl?: string;
  /** Keeps entries over restarts. @default nothing is kept */
  readonly history?: HistoryOptions;
  /** Where links in alerts lead. @default "" */
  readonly externalUrl?: string;
}

/** What a store tells by itself. */
export interface StoreEvents {
  readonly tail: TailSink;
  readonly alert: (alert: Alert) => void;
  /** Something that the user should know of. */
  readonly problem: (message: string) => void;
}

const maxPushBytes = 64 * 1024 * 1024;

/** The store with all that works on it: the API, the rules on their schedule, the queries that are followed. */
export class StoreHost {
  readonly core: LogCore;
  readonly call: (request: ApiRequest) => ApiAnswer;
  readonly ruler: Ruler;
  readonly tails: Tails;
  readonly #now: () => number;
  readonly #notifier: Notifier | undefined;
  readonly #collector: LineCollector = new LineCollector();
  readonly #problem: (message: string) => void;
  #history: History | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: StoreOptions, events: StoreEvents, now: () => number = Date.now) {
    const { externalUrl = "", alertmanagerUrl, maxBytes, ruleIntervalMs, version } = options;
    this.#now = now;
    this.#problem = events.problem;
    this.core = new LogCore(maxBytes === undefined ? {} : { maxBytes });
    this.#history = this.#openHistory(options.history);
    this.tails = new Tails(this.core, { now, send: events.tail });
    this.#notifier =
      alertmanagerUrl === undefined
        ? undefined
        : new Notifier({ url: alertmanagerUrl, generatorUrl: externalUrl, onProblem: events.problem });
    this.ruler = new Ruler({
      query: logqlQuery(this.core.engine),
      files: loaded(options, events),
      externalUrl,
      ...(ruleIntervalMs !== undefined && { intervalMs: ruleIntervalMs }),
      onChange: (alert) => {
        if (alert.state === "resolved") this.#notifier?.resolve(alert);
        events.alert(alert);
      },
    });
    const { core, ruler } = this;
    this.call = createApi({ core, ruler, version, now, maxPushBytes });
  }

  /** Evaluate the rules on their schedule from now on. */
  start(): void {
    const { dueMs } = this.ruler;
    if (dueMs === undefined) return;
    this.#timer = setTimeout(() => this.#evaluate(), Math.max(0, dueMs - this.#now()));
  }

  /** Take lines as they came from a source. */
  collect(batch: LineBatch): void {
    this.core.push(this.#collector.collect(batch));
  }

  close(): void {
    clearTimeout(this.#timer);
    this.tails.clear();
    this.#keep(() => this.#history?.close());
  }

  #openHistory(options: HistoryOptions | undefined): History | undefined {
    if (!options) return undefined;
    try {
      const history = new History(options, (error) => this.#loseHistory(error));
      history.read((streams) => this.core.push(streams));
      this.core.listen((streams) => this.#keep(() => this.#history?.append(streams)));
      return history;
    } catch (error) {
      this.#loseHistory(error);
      return undefined;
    }
  }

  #keep(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#loseHistory(error);
    }
  }

  // A history that can't be kept must not cost what is in memory.
  #loseHistory(error: unknown): void {
    this.#history = undefined;
    this.#problem(`no history is kept: ${error instanceof Error ? error.message : String(error)}`);
  }

  #evaluate(): void {
    const nowMs = this.#now();
    this.ruler.advance(nowMs);
    const firing = this.ruler.active().filter(({ state }) => state === "firing");
    void this.#notifier?.send(firing, nowMs);
    this.start();
  }
}

function loaded({ rules = [] }: StoreOptions, { problem }: StoreEvents): RuleFile[] {
  return rules.flatMap(({ path, text }) => {
    const { file, problems } = parseRuleFile(text, path);
    if (file.language !== "logql") return [];
    for (const found of problems) problem(problemText(found));
    return [file];
  });
}
