import { TaffrailError } from "../errors.ts";
import { HealthCheck, type HealthCheckFunction, type HealthCheckResult } from "./health-check.ts";

export interface HealthCheckOptions {
  /**
   * How long the check may take, in milliseconds; it then counts as failed.
   * @default 2000
   */
  readonly timeoutMs?: number;
}

export interface HealthOptions {
  /**
   * How long the checks' results are answered again, in milliseconds. /readyz is open to anyone who reaches
   * the port: this is what keeps them from flooding the database behind it.
   * @default 1000
   */
  readonly cacheMs?: number;
}

export interface HealthReport {
  readonly ready: boolean;
  /** Why the service said it is not ready, such as "draining". */
  readonly reason?: string;
  readonly checks: Readonly<Record<string, HealthCheckResult>>;
}

/** Readiness: what the service says of itself, and the checks of what it depends on. */
export interface Health {
  /** Adds a check. @throws TaffrailError ERR_TAFFRAIL_HEALTH_DUPLICATE when there is one of that name. */
  add(name: string, check: HealthCheckFunction, options?: HealthCheckOptions): void;
  remove(name: string): void;
  /** Says that the service takes requests, or does not and why; the checks cannot overrule a no. */
  setReady(ready: boolean, reason?: string): void;
  /** Runs all checks at the same time and answers when the last has; never rejects. */
  check(): Promise<HealthReport>;
}

type Results = Readonly<Record<string, HealthCheckResult>>;

/** Creates the readiness of one service. Ready until told otherwise, as long as every check passes. */
export function createHealth(options: HealthOptions = {}): Health {
  const checks = new Map<string, HealthCheck>();
  const cached = new CachedResults(options.cacheMs ?? 1_000);
  let readiness: { readonly ready: boolean; readonly reason?: string } = { ready: true };
  return {
    add(name, check, { timeoutMs = 2_000 } = {}) {
      if (checks.has(name)) {
        throw new TaffrailError(
          "ERR_TAFFRAIL_HEALTH_DUPLICATE",
          `There is a health check "${name}" already.`,
        );
      }
      checks.set(name, new HealthCheck(check, timeoutMs));
      cached.forget();
    },
    remove(name) {
      checks.delete(name);
      cached.forget();
    },
    setReady(ready, reason) {
      readiness = reason === undefined ? { ready } : { ready, reason };
    },
    async check() {
      const results = await cached.get(() => runAll(checks));
      const passed = Object.values(results).every(({ status }) => status === "ok");
      // Read after the checks: a shutdown that began meanwhile counts.
      return { ...readiness, ready: readiness.ready && passed, checks: results };
    },
  };
}

async function runAll(checks: ReadonlyMap<string, HealthCheck>): Promise<Results> {
  const entries = [...checks].map(async ([name, check]) => [name, await check.run()] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** One run shared by all who ask while it lasts, and for a moment after. */
class CachedResults {
  readonly #cacheMs: number;
  #results: Promise<Results> | undefined;
  /** Tells a run that finishes late from the one that is current. */
  #finishedAt: number | undefined;

  constructor(cacheMs: number) {
    this.#cacheMs = cacheMs;
  }

  get(run: () => Promise<Results>): Promise<Results> {
    if (this.#results !== undefined && this.#isFresh()) return this.#results;
    const results = run();
    this.#results = results;
    this.#finishedAt = undefined;
    void results.then(() => {
      if (this.#results === results) this.#finishedAt = performance.now();
    });
    return results;
  }

  forget(): void {
    this.#results = undefined;
  }

  #isFresh(): boolean {
    return this.#finishedAt === undefined || performance.now() - this.#finishedAt < this.#cacheMs;
  }
}
