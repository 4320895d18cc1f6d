import { readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import type { RequestHandler } from "../../loki/index.ts";
import { serveConsole } from "./console-files.ts";
import { readDashboards } from "./dashboard-files.ts";

export interface ConsoleOptions {
  readonly version: string;
  readonly title: string;
  /** The built console. */
  readonly consoleFolder: string;
  readonly runbookFolder: string;
  /** Patterns of Grafana dashboards. */
  readonly dashboards: readonly string[];
  /** The address under which metrics are asked for: "" is this server; null, where there are none. */
  readonly prometheusUrl: string | null;
  /** How far back pages look when they open. */
  readonly range: string | undefined;
}

/** Everything the console needs beside the log API, from the same origin. */
export function consoleRoutes(options: ConsoleOptions): RequestHandler {
  const { version, title, prometheusUrl, range, dashboards, consoleFolder, runbookFolder } = options;
  return async (req, res, path) => {
    if (req.method !== "GET" && req.method !== "HEAD") return false;
    if (path === "/config.json") return sendJson(res, { version, lokiUrl: "", prometheusUrl, title, range });
    if (path === "/dashboards/index.json")
      return sendJson(
        res,
        readDashboards(dashboards).map(({ text: _, ...listed }) => listed),
      );
    const uid = /^\/dashboards\/([^/]+)\.json$/.exec(path)?.[1];
    if (uid !== undefined) {
      const text = readDashboards(dashboards).find((dashboard) => dashboard.uid === uid)?.text;
      return send(res, text, "application/json; charset=utf-8");
    }
    const alert = /^\/runbooks\/([\w-]+)\.md$/.exec(path)?.[1];
    if (alert !== undefined) {
      const page = readFile(join(runbookFolder, `${alert}.md`), "utf8");
      return send(res, await page.catch(() => undefined), "text/markdown; charset=utf-8");
    }
    return serveConsole(consoleFolder, path, { req, res });
  };
}

function sendJson(res: ServerResponse, value: unknown): true {
  return send(res, JSON.stringify(value), "application/json; charset=utf-8");
}

function send(res: ServerResponse, text: string | undefined, type: string): true {
  const head = { "x-content-type-options": "nosniff", "cache-control": "no-store" };
  if (text === undefined)
    res.writeHead(404, { ...head, "content-type": "text/plain; charset=utf-8" }).end("404 page not found\n");
  else res.writeHead(200, { ...head, "content-type": type }).end(text);
  return true;
}
