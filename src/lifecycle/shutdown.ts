import type { ContractFields } from "../contract/line.ts";
import type { EventLog } from "../logger/logger.ts";

/** Something to do before the process ends. */
export interface CloseHook {
  readonly name: string;
  readonly close: () => unknown;
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

/**
 * Stop in good order: not ready, a pause for load balancers to see it, then no new connections, the
 * running exchanges and the hooks to their end, all within the time limit.
 *
 * @returns the names of what did not end in time, or failed; each is logged
 */
export async function shutDown(hooks: readonly CloseHook[], options: ShutdownOptions): Promise<string[]> {
  options.refuse();
  if (options.readinessDelayMs > 0) await pause(options.readinessDelayMs);
  const open = [...hooks, { name: "running requests", close: options.idle }];
  const results = await Promise.all(open.map((hook) => closeInTime(hook, options.drainTimeoutMs)));
  const failures = results.filter((result) => result !== undefined);
  for (const { name, error } of failures) {
    const fields: ContractFields = { event_name: "kit.problem" };
    options.events.write("warn", `stopped without ${name}`, fields, { err: error });
  }
  return failures.map(({ name }) => name);
}

async function closeInTime(
  hook: CloseHook,
  timeoutMs: number,
): Promise<{ readonly name: string; readonly error: unknown } | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    await Promise.race([Promise.resolve().then(hook.close), late]);
    return undefined;
  } catch (error) {
    return { name: hook.name, error };
  } finally {
    clearTimeout(timer);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
