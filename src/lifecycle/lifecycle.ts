import type { LifecycleOptions } from "../config/options.ts";
import type { HttpExchanges } from "../http/exchanges.ts";
import type { Logger } from "../logger/logger.ts";
import type { Patience } from "../logger/output/destination.ts";
import { createPatience } from "../logger/output/patience.ts";
import type { Metrics } from "../metrics/metrics.ts";
import type { Health } from "../ops/health.ts";
import type { OpsAddress, OpsServer } from "../ops/ops-server.ts";
import { watchCrashes } from "./crash.ts";
import { startHeartbeat } from "./heartbeat.ts";
import { processFields } from "./process-fields.ts";
import { type CloseHook, type CloseHooks, shutDown } from "./shutdown.ts";
import { exitCode, handleSignals } from "./signals.ts";

/** How long the end of the process may be put off by a reader that does not read; with what else it takes, two seconds. */
const exitPatienceMs = 1_200;

/** The parts that start and stop with the service. */
export interface LifecycleParts {
  readonly config: Required<LifecycleOptions>;
  readonly logger: Logger;
  readonly health: Health;
  readonly http: HttpExchanges;
  readonly metrics: Metrics;
  /** Undefined where the operations endpoints are mounted on the application. */
  readonly server: OpsServer | undefined;
  /** The lines go to an output of the kit's own, which may hold some back. */
  readonly flushesAtExit: boolean;
}

/** From start to stop. */
export interface Lifecycle {
  start(): Promise<OpsAddress | undefined>;
  onDrain(name: string, close: () => unknown): void;
  onClose(name: string, close: () => unknown): void;
  close(): Promise<readonly string[]>;
}

/** Create the lifecycle. Crashes are watched and lines flushed from here on, signals from {@link Lifecycle.start}. */
export function createLifecycle(parts: LifecycleParts): Lifecycle {
  const { config, logger, server } = parts;
  const hooks = { drain: [] as CloseHook[], close: [] as CloseHook[] };
  const patience = createPatience(exitPatienceMs);
  const flush = (): void => logger.flushSync(patience);
  const undo: (() => unknown)[] = [];
  if (parts.flushesAtExit) {
    process.on("exit", flush);
    undo.push(() => process.off("exit", flush));
  }
  if (config.crash) undo.push(watchCrashes(logger, patience));
  let closing: Promise<readonly string[]> | undefined;

  function close(signal?: string): Promise<readonly string[]> {
    closing ??= stop({ ...parts, patience }, hooks, signal).finally(() => {
      for (const step of undo) step();
    });
    return closing;
  }

  return {
    async start() {
      const address = await server?.listen();
      if (config.signals)
        undo.push(handleSignals(async (signal) => exitCode((await close(signal)).length === 0)));
      logStart(logger, address);
      undo.push(startHeartbeat(logger, config.heartbeatMs));
      return address;
    },
    onDrain: (name, closeHook) => void hooks.drain.push({ name, close: closeHook }),
    onClose: (name, closeHook) => void hooks.close.push({ name, close: closeHook }),
    close: () => close(),
  };
}

async function stop(
  parts: LifecycleParts & { readonly patience: Patience },
  hooks: CloseHooks,
  signal?: string,
): Promise<readonly string[]> {
  const { config, logger, health, http, metrics, server, patience } = parts;
  const events = logger.events();
  const failed = await shutDown(hooks, {
    ...config,
    events,
    refuse: () => health.setReady(false, "stopping"),
    idle: () => http.active.idle(),
  });
  http.active.close();
  http.upgrades.close();
  // Last, so that the drain itself can be watched from outside.
  await server?.close();
  metrics.close();
  events.write("info", "service stopped", {
    event_name: "process.stop",
    ...processFields(),
    // The exit code is the kit's to choose only where it ends the process.
    ...(signal !== undefined && { process_signal: signal, process_exit_code: exitCode(failed.length === 0) }),
  });
  logger.flushSync(patience);
  return failed;
}

function logStart(logger: Logger, address: OpsAddress | undefined): void {
  const events = logger.events();
  events.write("info", "service started", { event_name: "process.start", ...processFields() });
  if (address === undefined) return;
  const { host, port } = address;
  events.write("info", `operations server on http://${host}:${port}`, {
    event_name: "ops.listen",
    server_address: host,
    server_port: port,
  });
}
