import { once } from "node:events";
import type { Terminal } from "../command.ts";
import { AlertReporter } from "./alert-reporter.ts";
import type { DevOptions } from "./dev-options.ts";
import { type DevServer, startDevServer } from "./dev-server.ts";
import { openBrowser } from "./open-browser.ts";
import { startRemoteServer } from "./remote-server.ts";
import { Sources } from "./sources.ts";

/** Run `taffrail dev` to its end, and give its exit code: that of the command it ran. */
export async function runDev(options: DevOptions, terminal: Terminal): Promise<number> {
  const say = (text: string): void => void terminal.stderr.write(`taffrail: ${text}\n`);
  const reporter = new AlertReporter(say);
  if (options.lokiUrl !== undefined) return runRemote(options, options.lokiUrl, say);
  const server = await startDevServer(options, { say, alert: (alert) => reporter.take(alert) });
  say(`console on ${server.url}, ${server.contents}`);
  if (options.opens) openBrowser(server.url);
  const sources = await openSources(options, terminal, server);
  let isEnding = false;
  const abandon = (): void => void server.thread.abandon();
  const undo = passSignals(sources, () => isEnding && abandon());
  try {
    const code = await sources.ended;
    if (options.stays && !sources.isStopped)
      say(`the command ended with ${code}; the console stays until Ctrl-C`);
    if (options.stays) await sources.stopped;
    return code;
  } finally {
    isEnding = true;
    // A query that some page asked for may take longer than anybody waits.
    const patience = setTimeout(abandon, patienceMs);
    await sources.close();
    await server.close();
    clearTimeout(patience);
    undo();
    reporter.summarize();
  }
}

async function openSources(options: DevOptions, terminal: Terminal, server: DevServer): Promise<Sources> {
  const { thread } = server;
  try {
    return new Sources(options, { terminal, thread, onLine: (line) => server.take(line) });
  } catch (error) {
    await server.close();
    throw error;
  }
}

/** The console over a Loki elsewhere, until a signal ends it. */
async function runRemote(options: DevOptions, lokiUrl: string, say: (text: string) => void): Promise<number> {
  const server = await startRemoteServer(options, lokiUrl, say);
  say(`console on ${server.url}, over ${new URL(lokiUrl).host}`);
  if (options.opens) openBrowser(server.url);
  await Promise.race(signals.map((signal) => once(process, signal)));
  await server.close();
  return 0;
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const patienceMs = 10_000;

function passSignals(sources: Sources, onSignal: () => void): () => void {
  let count = 0;
  const pass = (signal: NodeJS.Signals): void => {
    count++;
    sources.stop(count > 1 ? "SIGKILL" : signal);
    onSignal();
  };
  // Should this process end for a reason of its own, what it started is not left behind.
  const kill = (): void => sources.stop("SIGTERM");
  for (const signal of signals) process.on(signal, pass);
  process.once("exit", kill);
  return () => {
    for (const signal of signals) process.off(signal, pass);
    process.off("exit", kill);
  };
}
