import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { afterAll, describe, expect, it } from "vitest";
import { ask } from "../support/client.ts";
import { isFull } from "./fault-child.ts";
import { type Figure, keepFigures, slack } from "./figures.ts";

const count = isFull ? 1_000_000 : 40_000;
// Long enough for the young generation to have grown to its size, on a busy machine, too.
const warmUp = isFull ? 200_000 : 60_000;
const figures: Figure[] = [];

/** Ask for random paths over a few connections, many requests under way on each; resolves when all are answered. */
async function flood(port: number, requests: number): Promise<void> {
  await Promise.all(Array.from({ length: 8 }, () => floodOne(port, requests / 8)));
}

function floodOne(port: number, requests: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    let sent = 0;
    let answered = 0;
    const send = (batch: number): void => {
      let text = "";
      for (let index = 0; index < batch && sent < requests; index++, sent++) {
        text += `GET /${randomBytes(9).toString("base64url")}?${randomBytes(3).toString("hex")}=1 HTTP/1.1\r\nHost: x\r\n\r\n`;
      }
      if (text !== "") socket.write(text);
    };
    socket.setEncoding("latin1").on("error", reject);
    socket.on("data", (chunk) => {
      // A status line may be cut by the end of a chunk only on a chunk's first bytes: answers are far smaller than one.
      const answers = String(chunk).split("HTTP/1.1 404").length - 1;
      answered += answers;
      send(answers);
      if (answered < requests) return;
      socket.destroy();
      resolve();
    });
    socket.on("connect", () => send(32));
  });
}

describe.skipIf(process.platform !== "linux")(`${count} random URLs`, () => {
  it("leave memory and the scrape as they were", async () => {
    const service = spawn(process.execPath, ["test/fixtures/service.mjs"], {
      env: { ...process.env, NODE_ENV: "production", TAFFRAIL_OPS_PORT: "0" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ports: { app?: number; ops?: number } = {};
    const ready = new Promise<void>((resolve) => {
      createInterface({ input: service.stdout }).on("line", (text) => {
        if (ports.app !== undefined && ports.ops !== undefined) return;
        const line = JSON.parse(text) as Record<string, unknown>;
        if (line["event_name"] === "ops.listen") ports.ops = Number(line["server_port"] ?? line["port"]);
        if (line["msg"] === "listening") ports.app = Number(line["port"]);
        if (ports.app !== undefined && ports.ops !== undefined) resolve();
      });
    });
    await ready;
    const rssMiB = (): number =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${service.pid}/status`, "utf8"))?.[1]) / 1_024;
    const peaks = async (requests: number): Promise<number> => {
      let peak = 0;
      const sampling = setInterval(() => {
        peak = Math.max(peak, rssMiB());
      }, 20);
      await flood(Number(ports.app), requests);
      clearInterval(sampling);
      return peak;
    };
    const before = await peaks(warmUp);
    const after = await peaks(count);
    const scrapes: number[] = [];
    let text = "";
    for (let scrape = 0; scrape < 6; scrape++) {
      const startMs = performance.now();
      text = (await ask(`http://127.0.0.1:${ports.ops}/metrics`)).text;
      scrapes.push(performance.now() - startMs);
    }
    const [first = 0, ...others] = scrapes;
    const usual = others.sort((a, b) => a - b)[2] ?? Number.NaN;
    service.kill("SIGTERM");
    const series = text.split("\n").filter((line) => line.startsWith("http_server")).length;
    figures.push({
      fault: `${count.toLocaleString("en")} requests for random URLs, Express`,
      promise: "RSS ± 10 MB, scrape ≤ 50 ms",
      kit: `peak of RSS ${before.toFixed(1)} MiB before, ${after.toFixed(1)} MiB after; scrape ${usual.toFixed(1)} ms (the first of all ${first.toFixed(1)}), ${series} HTTP series`,
    });
    expect(series).toBeGreaterThan(0);
    expect(after - before).toBeLessThanOrEqual(10 * slack);
    expect(usual).toBeLessThanOrEqual(50 * slack);
  });
});

afterAll(() => keepFigures("8-random-urls", "Random URLs", figures));
