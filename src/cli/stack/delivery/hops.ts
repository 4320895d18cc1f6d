import { askJson, askText } from "../ask.ts";
import { listAt, textAt } from "../shape.ts";
import type { StackUrls } from "../stack-options.ts";
import { testService, writeLine } from "./delivery-line.ts";
import type { Hop } from "./travel.ts";

export interface HopsOptions {
  readonly urls: StackUrls;
  /** The folder that the collector reads; undefined pushes the line to Loki. */
  readonly logs: string | undefined;
  readonly askSink: boolean;
  readonly environment: string;
  /** What makes this alert one of its own. */
  readonly id: string;
}

/** The stations of an alert, from a line in a log to whoever is notified. */
export function hops(options: HopsOptions): readonly Hop[] {
  const { urls, id } = options;
  return [
    {
      what: options.logs === undefined ? "a line is pushed to Loki" : "a line is written for the collector",
      look: once(() => writeLine(options)),
      hint: "Is Loki there, or may the folder be written?",
    },
    {
      what: "Loki has it",
      look: async () => {
        const query = `{service_name="${testService}"} |= \`${id}\``;
        const start = String((Date.now() - 600_000) * 1_000_000);
        const answer = await askJson(urls.loki, "/loki/api/v1/query_range", {
          query: { query, start, limit: "1" },
        });
        return listAt(answer, "data", "result").length > 0 ? "" : undefined;
      },
      hint: "Does the collector run, read this folder, and reach Loki? See its log.",
    },
    {
      what: "the ruler fires DeliveryTest",
      look: async () => {
        const alerts = listAt(await askJson(urls.loki, "/prometheus/api/v1/alerts"), "data", "alerts");
        return alerts.some((alert) => textAt(alert, "labels", "delivery_test_id") === id) ? "" : undefined;
      },
      hint: "Is the rule loaded? `taffrail check` says what the ruler has.",
    },
    {
      what: "Alertmanager has the alert",
      look: async () => {
        const alerts = listAt(
          await askJson(urls.alertmanager, "/api/v2/alerts", {
            query: { filter: `delivery_test_id="${id}"` },
          }),
        );
        const [alert] = alerts;
        return alert === undefined
          ? undefined
          : `for ${listAt(alert, "receivers")
              .map((one) => textAt(one, "name"))
              .join(", ")}`;
      },
      hint: "Does Loki's ruler.alertmanager_url lead to it?",
    },
    options.askSink ? sinkHop(options) : notifiedHop(options),
  ];
}

function sinkHop({ urls, id }: HopsOptions): Hop {
  return {
    what: "the sink received it",
    look: async () => {
      const [received] = listAt(
        await askJson(urls.sink, "/alerts", { query: { delivery_test_id: id } }),
        "alerts",
      );
      return received === undefined
        ? undefined
        : `${textAt(received, "alert", "status")}, at ${textAt(received, "receivedAt")}`;
    },
    hint: "Does a route of Alertmanager lead to it? See Alertmanager's log for notifications that failed.",
  };
}

/** Without a sink to ask: Alertmanager counts what it sent, and what nobody took. */
function notifiedHop({ urls }: HopsOptions): Hop {
  // Asked now, before there is an alert to notify of.
  const before = counts(urls.alertmanager);
  before.catch(() => undefined); // Said when it is looked at.
  return {
    what: "Alertmanager notified its receivers",
    look: async () => {
      const now = await counts(urls.alertmanager);
      const was = await before;
      if (now.failed > was.failed) throw new Error(`${now.failed - was.failed} notifications failed`);
      return now.sent > was.sent ? `${now.sent - was.sent} sent, none failed` : undefined;
    },
    hint: "Has the receiver of DeliveryTest a configuration? See Alertmanager's log.",
  };
}

interface Counts {
  readonly sent: number;
  readonly failed: number;
}

async function counts(url: URL): Promise<Counts> {
  const text = await askText(url, "/metrics");
  const sum = (name: string): number =>
    [...text.matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, "gm"))].reduce(
      (total, [, value]) => total + Number(value),
      0,
    );
  return {
    sent: sum("alertmanager_notifications_total"),
    failed: sum("alertmanager_notifications_failed_total"),
  };
}

/** What is to be done once, however often it is looked at; where it failed, it is tried again. */
function once(act: () => Promise<string>): () => Promise<string> {
  let done: string | undefined;
  return async () => {
    done ??= await act();
    return done;
  };
}
