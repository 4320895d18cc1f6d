import { setTimeout as pause } from "node:timers/promises";
import { type DemoConsole, startConsole } from "./console.ts";
import type { Flags } from "./flags.ts";
import { Output } from "./output.ts";
import { checks, type Run } from "./report/checks.ts";
import { Ledger } from "./report/ledger.ts";
import { type Sample, scrape, sum } from "./report/scrape.ts";
import { summaryText } from "./report/summary.ts";
import type { ServiceName } from "./scenarios.ts";
import { addressesText, type Services, startServices } from "./services.ts";
import { stopSignal } from "./stop-signal.ts";
import { startTraffic, type Traffic } from "./traffic-child.ts";

// The kit drains for ten seconds at most.
const stopWithinMs = 15_000;

/**
 * Run the demo to its end.
 *
 * @returns whether everything held that must hold
 */
export async function runDemo(flags: Flags): Promise<boolean> {
  const wanted = stopSignal();
  const output = new Output(flags.lines);
  const ledger = new Ledger();
  output.say("Starting the console, payments and shop\n");
  const console = await startConsole(flags, (text) => output.say(text));
  const onLine = (text: string): void => {
    output.line(text, ledger.add(text));
    console.line(text);
  };
  const services = await startServices({ ...flags, onLine }).catch(async (error: unknown) => {
    await console.stop();
    throw error;
  });
  output.say(introduction(console, services, flags));
  const startedMs = performance.now();
  const traffic = startTraffic({ ...flags, services, onProgress: (progress) => output.progress(progress) });
  const endedMs = await untilOver(services, traffic, wanted);
  output.endProgress();
  const metrics = await metricsAtRest(services);
  const exits = await stopAll(services);
  await console.stop();
  const { sent, failed } = traffic.done() ?? { sent: 0, failed: 0 };
  const elapsedMs = endedMs - startedMs;
  const run: Run = { elapsedMs, sent, failed, ledger, metrics, exits };
  output.say(summaryText(run));
  return checks(run).every(({ holds }) => holds);
}

function introduction({ url }: DemoConsole, services: Services, { lines, forMs, freePorts }: Flags): string {
  const shown = lines === "sample" ? "A sample of the log lines follows. " : "";
  const end =
    forMs === undefined ? "Ctrl-C stops everything and prints a summary." : "A summary comes at the end.";
  return `\n  console   ${url}\n${addressesText(services, { freePorts })}\n${shown}${end}\n\n`;
}

/** Answer when the traffic came to its end: by itself, since it is wanted, or since a service went away. */
async function untilOver(services: Services, traffic: Traffic, wanted: AbortSignal): Promise<number> {
  const aborted = new Promise<void>((resolve) => {
    if (wanted.aborted) resolve();
    wanted.addEventListener("abort", () => resolve());
  });
  await Promise.race([aborted, traffic.exited, services.shop.child.exited, services.payments.child.exited]);
  const endedMs = performance.now();
  await traffic.stop();
  return endedMs;
}

/** Read the metrics of both services once no request is under way in either. */
async function metricsAtRest({ shop, payments }: Services): Promise<Run["metrics"]> {
  const deadline = performance.now() + 5_000;
  for (;;) {
    const metrics = { shop: await samplesOf(shop.opsUrl), payments: await samplesOf(payments.opsUrl) };
    const active = sum([...metrics.shop, ...metrics.payments], "http_server_active_requests");
    if (active === 0 || performance.now() > deadline) return metrics;
    await pause(50);
  }
}

/** A service that went away has no metrics; the checks will say so. */
async function samplesOf(opsUrl: string): Promise<readonly Sample[]> {
  return scrape(opsUrl).catch(() => []);
}

/** The shop first: it calls payments until its last request is done. */
async function stopAll({
  shop,
  payments,
}: Services): Promise<Record<ServiceName, Run["exits"][ServiceName]>> {
  const shopExit = await shop.child.stop(stopWithinMs);
  return { shop: shopExit, payments: await payments.child.stop(stopWithinMs) };
}
