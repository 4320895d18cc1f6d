import { resolve } from "node:path";
import {
  type LogServer,
  type LogServerOptions,
  type StoreOptions,
  StoreThread,
  startLogServer,
} from "../../loki/index.ts";
import { PrometheusThread } from "../../prometheus/index.ts";
import { type Alert, displayPath, expandGlob } from "../../rules/index.ts";
import { usageError } from "../command.ts";
import { readText } from "../files.ts";
import { consoleRoutes } from "./console-routes.ts";
import { readDashboards } from "./dashboard-files.ts";
import type { DevOptions } from "./dev-options.ts";
import { discoverTarget } from "./discover-target.ts";
import { checkDashboards, ownRuleFiles } from "./own-files.ts";
import { packageFile, packageVersion } from "./package-files.ts";
import { prepareFolder, stateFolder } from "./state-folder.ts";

const usualPort = 3100;

export interface DevServerEvents {
  readonly say: (text: string) => void;
  readonly alert: (alert: Alert) => void;
}

export interface DevServer {
  readonly url: string;
  readonly thread: StoreThread;
  /** What is there to see, for people. */
  readonly contents: string;
  /** Take note of a line: it may say where metrics are. */
  take(line: string): void;
  close(): Promise<void>;
}

/** Start the store, its rules, and the server of the API and the console. @throws TaffrailError when it can't listen. */
export async function startDevServer(options: DevOptions, events: DevServerEvents): Promise<DevServer> {
  const dashboards = [packageFile("dashboards/grafana/*.json"), ...options.dashboards];
  checkDashboards(options.dashboards, events.say);
  const rules = ruleTexts(options, events);
  const thread = storeThread(options, rules, events);
  const metrics = options.scrapes ? metricsOf(options, rules, events) : undefined;
  const handler = consoleRoutes({
    version: packageVersion(),
    title: options.service ?? "Taffrail",
    consoleFolder: packageFile("dist/console"),
    runbookFolder: packageFile("dashboards/runbooks"),
    dashboards,
    prometheusUrl: metrics ? "" : null,
    range: options.range,
  });
  const { host, allowedHosts } = options;
  const server = await listen(
    { backend: thread, host, allowedHosts, handlers: [...(metrics ? [metrics.handler] : []), handler] },
    options,
    events,
  ).catch(async (error: unknown) => {
    await metrics?.close();
    await thread.close();
    throw error;
  });
  const shown = [count(readDashboards(dashboards).length, "dashboard"), count(rules.length, "rule file")];
  return {
    url: server.url,
    thread,
    contents: shown.join(", "),
    take: (line) => {
      const url = metrics && discoverTarget(line);
      if (url !== undefined) metrics?.addTarget({ url, optional: true });
    },
    close: async () => {
      await metrics?.close();
      await server.close();
    },
  };
}

function metricsOf(
  { scrape, scrapeIntervalMs, alertmanagerUrl }: DevOptions,
  rules: readonly { readonly path: string; readonly text: string }[],
  { say, alert }: DevServerEvents,
): PrometheusThread {
  return new PrometheusThread(
    {
      targets: scrape.map((url) => ({ url })),
      rules,
      scrapeIntervalMs,
      version: packageVersion(),
      ...(alertmanagerUrl !== undefined && { alertmanagerUrl }),
    },
    {
      alert,
      problem: say,
      failed: (error) => say(`the metrics failed: ${error.message}`),
    },
  );
}

function ruleTexts(
  { shippedRules, rules }: DevOptions,
  { say }: DevServerEvents,
): { path: string; text: string }[] {
  const shipped = shippedRules
    ? ["loki", "prometheus"].flatMap((engine) => expandGlob(packageFile(`dashboards/alerts/${engine}/*.yml`)))
    : [];
  return [...shipped, ...ownRuleFiles(rules, say)].map((path) => ({
    path: displayPath(path),
    text: readText(path),
  }));
}

function storeThread(
  options: DevOptions,
  rules: readonly { readonly path: string; readonly text: string }[],
  { say, alert }: DevServerEvents,
): StoreThread {
  const { memoryBytes, alertmanagerUrl } = options;
  const history = historyOf(options, say);
  return new StoreThread(
    {
      version: packageVersion(),
      maxBytes: memoryBytes,
      rules,
      ...(history && { history }),
      ...(alertmanagerUrl !== undefined && { alertmanagerUrl }),
    },
    {
      alert,
      problem: say,
      // The lines still pass through; the console is gone.
      failed: (error) => say(`the log store failed: ${error.message}`),
    },
  );
}

// A folder that was asked for must do; without the usual one, in a container say, there is still a console.
function historyOf(
  { historyBytes, state }: DevOptions,
  say: DevServerEvents["say"],
): StoreOptions["history"] {
  if (historyBytes === 0) return undefined;
  const folder = state ?? stateFolder(resolve("."));
  try {
    prepareFolder(folder);
    return { folder, maxBytes: historyBytes };
  } catch (error) {
    const reason = `can't be written: ${(error as Error).message}`;
    if (state !== undefined)
      throw usageError(`--state ${state}: ${reason}; name a folder to write in, or --history 0`, error);
    say(`no history is kept: ${folder} ${reason}`);
    return undefined;
  }
}

/** Listen on the usual port, or a free one where that is taken. @throws TaffrailError when it can't. */
export async function listen(
  server: Omit<LogServerOptions, "port">,
  { port, host }: DevOptions,
  { say }: Pick<DevServerEvents, "say">,
): Promise<LogServer> {
  try {
    return await startLogServer({ ...server, port: port ?? usualPort });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== "EADDRINUSE" || port !== undefined)
      throw usageError(`can't listen on ${host}, port ${port ?? usualPort}: ${message}`, error);
    say(`port ${usualPort} is taken by another program`);
    return startLogServer({ ...server, port: 0 });
  }
}

function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? "" : "s"}`;
}
