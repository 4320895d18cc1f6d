import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import {
  closeSync,
  constants,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { Socket } from "node:net";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ask } from "../support/client.ts";
import { until } from "../support/poll.ts";
import { exitCode, inFolder } from "./fault-child.ts";
import { type Figure, keepFigures, slack } from "./figures.ts";
import { type NumberedLines, numberedLines } from "./numbered-lines.ts";

const figures: Figure[] = [];

interface Service {
  readonly process: ChildProcess;
  readonly url: string;
  stop(): Promise<number>;
}

async function startService(
  env: Record<string, string>,
  stdout: number | "ignore" = "ignore",
): Promise<Service> {
  const child = spawn(process.execPath, ["test/faults/programs/file-service.mjs"], {
    env: { ...process.env, NODE_ENV: "production", ...env },
    stdio: ["ignore", stdout, "inherit", "ipc"],
  });
  const port = await new Promise((resolve) => child.once("message", resolve));
  const stop = (): Promise<number> => {
    const ended = exitCode(child);
    child.kill("SIGTERM");
    return ended;
  };
  return { process: child, url: `http://127.0.0.1:${String(port)}`, stop };
}

/** Have lines written; fails where the service does not answer 200. */
async function write(service: Service, lines: number): Promise<number> {
  const answer = await ask(`${service.url}/?lines=${lines}`);
  expect(answer.status).toBe(200);
  return Number(answer.text);
}

function mountSmall(folder: string): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=16m", "tmpfs", folder], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

const canMount = process.getuid?.() === 0 && process.platform === "linux";

describe("a disk that runs full", () => {
  it.skipIf(!canMount)(
    "(needs root to mount one) loses only what it says, serves on, and resumes within 1 s",
    () =>
      inFolder(async (folder) => {
        const disk = join(folder, "disk");
        mkdirSync(disk);
        expect(mountSmall(disk)).toBe(true);
        try {
          const file = join(disk, "app.log");
          const service = await startService({ LOG_FILE: file });
          await write(service, 100);
          writeFileSync(join(disk, "filler"), "");
          const filler = openSync(join(disk, "filler"), "a");
          expect(() => writeFileSync(filler, Buffer.alloc(20_000_000))).toThrow("ENOSPC");
          // More than may wait: lines are lost, and the service still answers.
          let produced = 0;
          for (let request = 0; request < 60; request++) produced = await write(service, 500);
          ftruncateSync(filler, 0);
          closeSync(filler);
          const startMs = performance.now();
          const read = (): string => readFileSync(file, "utf8");
          await until(() => read().includes('"log.dropped"'), Boolean, 10_000);
          const resumedMs = performance.now() - startMs;
          await service.stop();
          const lines = numberedLines(read());
          figures.push({
            fault: "disk full, then not (tmpfs of 16 MiB)",
            promise: "0 throws, HTTP goes on, resumes ≤ 1 s, loss reported, 0 torn",
            kit: `60 of 60 requests answered, resumed after ${resumedMs.toFixed(0)} ms, ${lines.torn} torn, ${produced} = ${lines.unique} + ${lines.reportedLost}`,
          });
          expect(lines.reports).toBeGreaterThan(0);
          expect({ all: lines.unique + lines.reportedLost }).toEqual({ all: produced });
          expect(resumedMs).toBeLessThanOrEqual(1_000 * slack);
        } finally {
          execFileSync("umount", ["-l", disk]);
        }
      }),
  );
});

describe("a reader that leaves and comes back (a named pipe)", () => {
  it("is written to again within 1 s, from a whole line on", () =>
    inFolder(async (folder) => {
      const path = join(folder, "fifo");
      execFileSync("mkfifo", [path]);
      const open = (): { socket: Socket; text: () => string } => {
        const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
        const socket = new Socket({ fd, readable: true, writable: false });
        let text = "";
        socket.setEncoding("utf8").on("data", (chunk: string) => {
          text += chunk;
        });
        return { socket, text: () => text };
      };
      const first = open();
      const writeFd = openSync(path, constants.O_WRONLY);
      const service = await startService({ LOG_STDOUT: "true" }, writeFd);
      closeSync(writeFd);
      await write(service, 50);
      await until(first.text, (text) => text.includes('"n":49,'));
      first.socket.destroy();
      await write(service, 1);
      await until(
        () => ask(`${service.url}/metrics`),
        ({ text }) =>
          text.includes('taffrail_log_write_errors_total{log_output="stdout",error_type="EPIPE"}'),
      );
      for (let request = 0; request < 100; request++) await write(service, 500);
      const second = open();
      const startMs = performance.now();
      await until(() => second.text().includes("\n"), Boolean);
      const resumedMs = performance.now() - startMs;
      // Said once half of what waits has found its reader.
      await until(() => second.text().includes('"log.dropped"'), Boolean, 10_000);
      const report = second.text();
      expect(await service.stop()).toBe(0);
      const { torn, reportedLost } = numberedLines(report);
      figures.push({
        fault: "reader gone (EPIPE), then back, on a named pipe",
        promise: "0 throws, HTTP goes on, resumes ≤ 1 s, loss reported, 0 torn",
        kit: `100 of 100 requests answered, resumed after ${resumedMs.toFixed(0)} ms, ${torn} torn, ${reportedLost} reported lost`,
      });
      expect(torn).toBe(0);
      expect(resumedMs).toBeLessThanOrEqual(1_000 * slack);
      second.socket.destroy();
    }));
});

describe("a log file", () => {
  const all = (folder: string): NumberedLines =>
    numberedLines(
      readdirSync(folder)
        .sort((a, b) => b.localeCompare(a, "en", { numeric: true }))
        .map((name) => readFileSync(join(folder, name), "utf8"))
        .join(""),
    );

  it("that is renamed is followed within 1 s, and no line is lost", () =>
    inFolder(async (folder) => {
      const file = join(folder, "app.log");
      const service = await startService({ LOG_FILE: file });
      await write(service, 100);
      await until(
        () => readFileSync(file, "utf8"),
        (text) => text.includes('"n":99,'),
      );
      renameSync(file, `${file}.1`);
      const startMs = performance.now();
      let produced = 0;
      await until(
        async () => {
          produced = await write(service, 10);
          return existsSync(file);
        },
        Boolean,
        5_000,
      );
      const followedMs = performance.now() - startMs;
      await service.stop();
      const lines = all(folder);
      figures.push({
        fault: "log file renamed (logrotate)",
        promise: "followed ≤ 1 s, all lines",
        kit: `followed after ${followedMs.toFixed(0)} ms, ${lines.unique} of ${produced}, ${lines.torn} torn`,
      });
      expect({ unique: lines.unique, torn: lines.torn }).toEqual({ unique: produced, torn: 0 });
      expect(followedMs).toBeLessThanOrEqual(1_000 * slack);
    }));

  it("that is truncated under the writer goes on at its new end", () =>
    inFolder(async (folder) => {
      const file = join(folder, "app.log");
      const service = await startService({ LOG_FILE: file });
      await write(service, 100);
      await until(
        () => readFileSync(file, "utf8"),
        (text) => text.includes('"n":99,'),
      );
      execFileSync("truncate", ["-s", "0", file]);
      await write(service, 5);
      await service.stop();
      const text = readFileSync(file, "utf8");
      expect(text).not.toContain("\0");
      expect(numberedLines(text)).toMatchObject({ unique: 5, torn: 0 });
    }));

  it("is put aside at its size, and only so many are kept", () =>
    inFolder(async (folder) => {
      const file = join(folder, "app.log");
      const service = await startService({ LOG_FILE: file, LOG_FILE_MAX_BYTES: "50000", LOG_FILE_KEEP: "3" });
      let produced = 0;
      for (let request = 0; request < 50; request++) produced = await write(service, 20);
      await service.stop();
      expect(readdirSync(folder).sort()).toEqual(["app.log", "app.log.1", "app.log.2", "app.log.3"]);
      for (const name of ["app.log.1", "app.log.2", "app.log.3"]) {
        const { size } = statSync(join(folder, name));
        expect(size).toBeGreaterThanOrEqual(50_000);
        expect(size).toBeLessThan(50_000 + 65_536 + 16_384);
      }
      const { numbers, torn, outOfOrder } = all(folder);
      // The newest ones are there without a gap.
      expect(numbers.at(-1)).toBe(produced - 1);
      expect(numbers).toHaveLength(produced - Number(numbers[0]));
      expect({ torn, outOfOrder }).toEqual({ torn: 0, outOfOrder: 0 });
    }));

  it("on a full device does not keep standard output from its lines", () =>
    inFolder(async (folder) => {
      const out = join(folder, "stdout");
      const fd = openSync(out, "w");
      const service = await startService({ LOG_FILE: "/dev/full", LOG_STDOUT: "true" }, fd);
      closeSync(fd);
      let produced = 0;
      for (let request = 0; request < 100; request++) produced = await write(service, 500);
      expect(await service.stop()).toBe(0);
      const { unique, torn } = numberedLines(readFileSync(out, "utf8"));
      figures.push({
        fault: "two outputs, the file full",
        promise: "standard output has every line",
        kit: `${unique} of ${produced}, ${torn} torn`,
      });
      expect({ unique, torn }).toEqual({ unique: produced, torn: 0 });
    }));

  it("that can't be opened stops the start, and says which", () => {
    const env = { ...process.env, NODE_ENV: "production", LOG_FILE: "/nowhere/app.log" };
    const args = ["test/faults/programs/file-service.mjs"];
    expect(() => execFileSync(process.execPath, args, { env, stdio: "pipe" })).toThrow(
      /ERR_TAFFRAIL_LOG_FILE/,
    );
  });
});

describe("four processes that share one pipe", () => {
  it("tear none of each other's lines of up to 4 KiB", () =>
    inFolder(async (folder) => {
      const out = join(folder, "out");
      const run = async (logger: string): Promise<{ torn: number; lines: number }> => {
        // The reader sleeps between reads, so that the pipe is full most of the time.
        const reader =
          "node -e 'process.stdin.on(\"data\",(d)=>{process.stdout.write(d);process.stdin.pause();setTimeout(()=>process.stdin.resume(),1)})'";
        const command = `"$0" test/faults/programs/cluster.mjs | ${reader} > "$1"`;
        const env = { ...process.env, NODE_ENV: "production", COUNT: "5000", LOGGER: logger };
        await exitCode(spawn("bash", ["-c", command, process.execPath, out], { env, stdio: "ignore" }));
        const { torn, numbers } = numberedLines(readFileSync(out, "utf8"));
        return { torn, lines: numbers.length };
      };
      const kit = await run("kit");
      const pino = await run("pino");
      figures.push({
        fault: "4 cluster workers, one pipe, slow reader",
        promise: "0 torn lines",
        kit: `${kit.torn} torn of ${kit.lines}`,
        pino: `${pino.torn} torn of ${pino.lines}`,
      });
      expect(kit).toEqual({ torn: 0, lines: 20_000 });
    }));
});

afterAll(() => {
  rmSync("core", { force: true });
  keepFigures("5-files", "Files, full disks, readers that come back, shared pipes", figures);
});
