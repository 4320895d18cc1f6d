import { answerFromStore, type LogServer, type RequestHandler, remoteBackend } from "../../loki/index.ts";
import { consoleRoutes } from "./console-routes.ts";
import type { DevOptions } from "./dev-options.ts";
import { listen } from "./dev-server.ts";
import { checkDashboards } from "./own-files.ts";
import { packageFile, packageVersion } from "./package-files.ts";

/** Serve the console, and pass on what it asks to a Loki elsewhere: a page may ask its own origin alone. */
export async function startRemoteServer(
  options: DevOptions,
  lokiUrl: string,
  say: (text: string) => void,
): Promise<LogServer> {
  const { prometheusUrl, host, allowedHosts } = options;
  checkDashboards(options.dashboards, say);
  const files = consoleRoutes({
    version: packageVersion(),
    title: options.service ?? new URL(lokiUrl).host,
    consoleFolder: packageFile("dist/console"),
    runbookFolder: packageFile("dashboards/runbooks"),
    dashboards: [packageFile("dashboards/grafana/*.json"), ...options.dashboards],
    prometheusUrl: prometheusUrl === undefined ? null : "",
    range: options.range,
  });
  const handlers = [...(prometheusUrl === undefined ? [] : [metricsFrom(prometheusUrl)]), files];
  return listen({ backend: remoteBackend(lokiUrl), host, allowedHosts, handlers }, options, { say });
}

function metricsFrom(prometheusUrl: string): RequestHandler {
  const backend = remoteBackend(prometheusUrl);
  return async (req, res, path) => {
    if (!path.startsWith("/api/v1/")) return false;
    await answerFromStore(backend, req, res);
    return true;
  };
}
