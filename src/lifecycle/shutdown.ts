import type { EventLog } from "../logger/logger.ts";

/** Something to do before the process ends. */
export interface CloseHook {
  readonly name: string;
  readonly close: () => unknown;
}

/** What there is to do, in two steps: what requests need is closed only after the last of them. */
export interface CloseHooks {
  /** When the drain begins, all at the same time: servers, open streams. */
  readonly drain: readonly CloseHook[];
  /** After the last request, last registered first: pools, queues. */
  readonly close: readonly CloseHook[];
}

/** What stopping in good order needs of the rest of the kit. */
export interface ShutdownOptions {
  readonly events: EventLog;
  readonly readinessDelayMs: number;
  readonly drainTimeoutMs: number;
  /** Answer "not ready" from now on. */
  readonly refuse: () => void;
  /** Resolves once no exchange is under way. */
  readonly idle: () => Promise<void>;
}

/** What is left for closing, in milliseconds, when draining took all of the time. */
const leastCloseMs = 1_000;

/**
 * Stop in good order: not ready, a pause for load balancers to see it, then no new connections and the running
 * exchanges to their end, then what they needed, all within the time limit.
 *
 * @returns the names of what did not end in time, or failed; each is logged
 */
export async function shutDown(hooks: CloseHooks, options: ShutdownOptions): Promise<string[]> {
  const { events, readinessDelayMs, drainTimeoutMs, refuse, idle } = options;
  refuse();
  if (readinessDelayMs > 0) await pause(readinessDelayMs);
  const deadline = performance.now() + drainTimeoutMs;
  const failed: string[] = [];
  const close = async (hook: CloseHook): Promise<void> => {
    const timeoutMs = Math.max(deadline - performance.now(), leastCloseMs);
    const failure = await closeInTime(hook, hooks.close.includes(hook) ? timeoutMs : drainTimeoutMs);
    if (failure === undefined) return;
    failed.push(hook.name);
    events.write(
      "warn",
      `${hook.name} did not stop well`,
      { event_name: "kit.problem" },
      { err: failure.error },
    );
  };
  await Promise.all([...hooks.drain, { name: "running requests", close: idle }].map(close));
  for (const hook of hooks.close.toReversed()) await close(hook);
  return failed;
}

async function closeInTime(
  hook: CloseHook,
  timeoutMs: number,
): Promise<{ readonly error: unknown } | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const text = `not done within ${Math.round(timeoutMs)} ms`;
    timer = setTimeout(() => reject(new Error(text)), timeoutMs);
  });
  try {
    await Promise.race([Promise.resolve().then(hook.close), late]);
    return undefined;
  } catch (error) {
    return { error };
  } finally {
    clearTimeout(timer);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
