import type { InstalledSize } from "./installed-size.ts";
import type { LogSpeed } from "./log-lines.ts";
import { type Cost, REFERENCES, type Reference } from "./overhead.ts";
import type { BenchResult } from "./result.ts";
import type { StartUp } from "./start-up.ts";
import type { Estimate } from "./statistics.ts";
import { table } from "./table.ts";

/** The whole result as Markdown; parts that were not run are left out. */
export function report(result: BenchResult): string {
  const { machine, options, costs, failures, logLines, startUp, installed } = result;
  const about =
    `Node ${machine.node}, ${machine.cpus} × ${machine.cpu}, load average ${machine.loadBefore.toFixed(1)} before and ` +
    `${machine.loadAfter.toFixed(1)} after. ${options.processes} × ${options.rounds} rounds of ${options.requests} ` +
    `requests on ${options.connections} connections. Medians, with their 95 % interval.`;
  return [
    about,
    costTable(options.framework.label, costs),
    ...(logLines.length > 0 ? [logLineTable(logLines)] : []),
    ...(startUp.length > 0 ? [startUpTable(startUp)] : []),
    ...(installed.length > 0 ? [installedTable(installed)] : []),
    ...failures.map(({ name, failure }) => `FAILED ${name}: ${failure}`),
  ].join("\n\n");
}

function costTable(framework: string, costs: readonly Cost[]): string {
  const references = REFERENCES.filter((reference) => costs.some(({ ratio }) => ratio[reference]));
  const ratios = references.map((reference) => `of ${reference}`);
  const head = [framework, "CPU µs/request", "above bare", ...ratios, "requests/s", "log bytes", "RSS MB"];
  return table(
    head,
    costs.map((cost) => costRow(cost, references)),
  );
}

function costRow(cost: Cost, references: readonly Reference[]): readonly string[] {
  const isBare = cost.name.startsWith("bare");
  const ratios = references.map((reference) => {
    const ratio = cost.ratio[reference];
    return isBare || !ratio ? "" : interval(ratio, 2);
  });
  return [
    cost.label,
    cost.cpuMicros.value.toFixed(0),
    cost.name === "bare" ? "" : interval(cost.overheadMicros, 0),
    ...ratios,
    cost.requestsPerSecond.value.toFixed(0),
    cost.bytesPerRequest === 0 ? "" : cost.bytesPerRequest.toFixed(0),
    cost.rssMegabytes.toFixed(0),
  ];
}

function logLineTable(speeds: readonly LogSpeed[]): string {
  const rows = speeds.map((speed) => [
    `${speed.logger}, ${speed.linesPerTurn} a turn`,
    interval(speed.linesPerSecond, 0),
    interval(speed.cpuMicrosPerLine, 1),
    speed.bytesPerLine.toFixed(0),
  ]);
  return table(["log.info to a pipe", "lines/s", "CPU µs/line", "bytes/line"], rows);
}

function startUpTable(startUps: readonly StartUp[]): string {
  const rows = startUps.map(({ name, listeningMs, importMs, rssMegabytes }) => [
    name,
    interval(listeningMs, 0),
    interval(importMs, 0),
    rssMegabytes.value.toFixed(0),
  ]);
  return table(["start-up", "spawn to listening, ms", "import, ms", "RSS MB"], rows);
}

function installedTable(sizes: readonly InstalledSize[]): string {
  const rows = sizes.map(({ name, packages, bytes }) => [
    name,
    packages.length.toString(),
    (bytes / 1024 / 1024).toFixed(2),
  ]);
  return table(["installed", "packages", "MB"], rows);
}

function interval({ value, low, high }: Estimate, digits: number): string {
  return `${value.toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)})`;
}
