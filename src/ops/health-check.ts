import { errorText } from "./error-text.ts";

/**
 * Looks whether something the service depends on works: throws, rejects or answers false when it does not.
 * The signal is aborted when the check has taken too long.
 */
export type HealthCheckFunction = (signal: AbortSignal) => unknown;

export interface HealthCheckResult {
  readonly status: "ok" | "failed";
  readonly duration_ms: number;
  /** The message of what was thrown, on failure. */
  readonly error?: string;
}

/** One check with its timeout. A call that never settles is left alone, not repeated: it may hold a connection. */
export class HealthCheck {
  readonly #check: HealthCheckFunction;
  readonly #timeoutMs: number;
  #hangingSince: number | undefined;

  constructor(check: HealthCheckFunction, timeoutMs: number) {
    this.#check = check;
    this.#timeoutMs = timeoutMs;
  }

  /** Runs the check; never rejects. */
  async run(): Promise<HealthCheckResult> {
    const startedAt = performance.now();
    if (this.#hangingSince !== undefined) {
      const seconds = ((startedAt - this.#hangingSince) / 1000).toFixed(1);
      return failed(startedAt, `the call made ${seconds} s ago has still not ended`);
    }
    try {
      const answer = await this.#callWithTimeout(startedAt);
      if (answer === false) return failed(startedAt, "the check answered false");
      return { status: "ok", duration_ms: durationMs(startedAt) };
    } catch (error) {
      return failed(startedAt, errorText(error));
    }
  }

  #callWithTimeout(startedAt: number): Promise<unknown> {
    const controller = new AbortController();
    const call = Promise.resolve().then(() => this.#check(controller.signal));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#hangingSince = startedAt;
        reject(new Error(`no answer within ${this.#timeoutMs} ms`));
        controller.abort();
      }, this.#timeoutMs);
      call.then(resolve, reject).finally(() => {
        clearTimeout(timer);
        this.#hangingSince = undefined;
      });
    });
  }
}

function failed(startedAt: number, error: string): HealthCheckResult {
  return { status: "failed", duration_ms: durationMs(startedAt), error };
}

function durationMs(startedAt: number): number {
  return Math.round((performance.now() - startedAt) * 1000) / 1000;
}
