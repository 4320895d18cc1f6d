// Time, rate and peak memory of `taffrail query` over a large file, beside grep and a JSON.parse loop over the same file:
//   npm run bench:query [-- megabytes]
import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { table } from "./table.ts";

const megabytes = Number(process.argv[2] ?? 1000);
const folder = mkdtempSync(join(tmpdir(), "query-"));
const file = join(folder, "app.log");
const routes = ["/api/:tenant/orders/:id", "/pay", "/cart", "/login", "/search"];
const start = Date.parse("2026-11-22T10:00:00Z");

function lineOf(i: number): string {
  const failed = i % 10 === 0;
  const route = routes[Math.imul(i, 40503) % routes.length] ?? "/pay";
  return JSON.stringify({
    time: new Date(start + i).toISOString(),
    level: failed ? "error" : "info",
    msg: `GET ${route} ${failed ? 500 : 200}`,
    service_name: "shop",
    service_version: "1.4.0",
    deployment_environment_name: "production",
    service_instance_id: "shop-7f9c",
    event_name: "http.server.request",
    request_id: `0193a1c2-6f0e-7c3a-9d41-${String(i).padStart(12, "0")}`,
    http_request_method: "GET",
    http_route: route,
    url_path: `/api/acme/${i}`,
    http_response_status_code: failed ? 500 : 200,
    duration_ms: ((i * 7919) % 10_000) / 10,
    outcome: failed ? "server_error" : "ok",
  });
}

function writeLog(): void {
  const handle = openSync(file, "w");
  for (let i = 0, written = 0; written < megabytes * 1e6; ) {
    const lines = Array.from({ length: 5000 }, () => `${lineOf(i++)}\n`).join("");
    written += writeSync(handle, lines);
  }
  closeSync(handle);
}

interface Figures {
  readonly seconds: number;
  /** Of the processor, by the child's own account; steadier than the time on a shared machine. */
  readonly cpuSeconds: number | undefined;
  readonly peakMegabytes: number | undefined;
  /** Lines written to stdout. */
  readonly lines: number;
}

// The child tells what it used, since nothing of it can be asked once it has ended.
const usageFile = join(folder, "usage");
const tellUsage = `import{writeFileSync}from"node:fs";process.on("exit",()=>writeFileSync(${JSON.stringify(usageFile)},JSON.stringify(process.resourceUsage())))`;

function run(program: string, args: readonly string[]): Figures {
  const output = openSync(join(folder, "output"), "w");
  const began = performance.now();
  const { status, stderr } = spawnSync(program, args, {
    stdio: ["ignore", output, "pipe"],
    encoding: "utf8",
  });
  const seconds = (performance.now() - began) / 1000;
  closeSync(output);
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}: ${stderr}`);
  const lines = readFileSync(join(folder, "output"), "latin1").split("\n").length - 1;
  if (program !== process.execPath)
    return { seconds, cpuSeconds: undefined, peakMegabytes: undefined, lines };
  const usage: NodeJS.ResourceUsage = JSON.parse(readFileSync(usageFile, "utf8"));
  const cpuSeconds = (usage.userCPUTime + usage.systemCPUTime) / 1e6;
  return { seconds, cpuSeconds, peakMegabytes: usage.maxRSS / 1024, lines };
}

function node(...args: readonly string[]): Figures {
  const preload = `data:text/javascript,${encodeURIComponent(tellUsage)}`;
  return run(process.execPath, ["--import", preload, ...args]);
}

function query(...args: readonly string[]): Figures {
  return node("dist/src/cli/main.js", "query", ...args, file);
}

const parseLoop = `
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
let n = 0;
for await (const line of createInterface({ input: createReadStream(${JSON.stringify(file)}) }))
  if (JSON.parse(line).level === "error") n++;
console.log(n);`;

const rates = 'sum by (http_route) (rate({service_name="shop"} |= "\\"error\\"" | json | __error__="" [1m]))';
const cases: readonly (readonly [string, () => Figures])[] = [
  ["|= 999999 (a few lines)", () => query('|= "999999"', "--raw")],
  [
    '|= "error" | json | level="error" (1 line in 10)',
    () => query('|= "\\"error\\"" | json | level="error"', "--raw"),
  ],
  ["the same, printed for people", () => query('|= "\\"error\\"" | json | level="error"')],
  ["rate of errors by route, --step 1m", () => query(rates, "--step", "1m")],
  [
    "count by level, no line filter",
    () => query('sum by (level) (count_over_time({service_name="shop"} | json [7d]))'),
  ],
  ["grep -F (1 line in 10)", () => run("grep", ["-F", '"error"', file])],
  ["readline and JSON.parse", () => node("--input-type=module", "-e", parseLoop)],
];

writeLog();
const { size } = statSync(file);
const rows = cases.map(([name, measure]) => {
  const { seconds, cpuSeconds, peakMegabytes, lines } = measure();
  const rate = `${(size / 1e6 / seconds).toFixed(0)} MB/s`;
  const cpu = cpuSeconds === undefined ? "" : `${cpuSeconds.toFixed(1)} s`;
  const peak = peakMegabytes === undefined ? "" : `${peakMegabytes.toFixed(0)} MB`;
  return [name, `${seconds.toFixed(1)} s`, rate, cpu, peak, String(lines)];
});
console.log(`${(size / 1e9).toFixed(2)} GB, lines of ${lineOf(1e6).length} bytes, Node ${process.version}`);
console.log(table(["query", "time", "rate", "processor", "peak memory", "lines out"], rows));
rmSync(folder, { recursive: true });
