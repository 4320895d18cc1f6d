import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { closeSync, constants, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Repeat each fault as often, and for as long, as the page of figures says; else a few times. */
export const isFull: boolean = process.env["FAULTS"] === "full";

export type Env = Readonly<Record<string, string>>;

function childEnv(env: Env): NodeJS.ProcessEnv {
  const { PATH = "" } = process.env;
  return { PATH, NODE_ENV: "production", ...env };
}

const program = (name: string): string => `test/faults/programs/${name}.mjs`;

export interface Piped {
  readonly code: number;
  readonly text: string;
  readonly durationMs: number;
}

/** Run a program with its output in a shell's pipe to another command; the code is the program's. */
export async function runInPipe(name: string, env: Env, reader = "cat"): Promise<Piped> {
  return inFolder(async (folder) => {
    const out = join(folder, "out");
    const startMs = performance.now();
    const command = `"$0" ${program(name)} 2>"$1.err" | ${reader} > "$1"; exit "\${PIPESTATUS[0]}"`;
    const child = spawn("bash", ["-c", command, process.execPath, out], {
      env: childEnv(env),
      stdio: "ignore",
    });
    const code = await exitCode(child);
    return { code, text: readFileSync(out, "utf8"), durationMs: performance.now() - startMs };
  });
}

/** Run a program to its end with both outputs unread by anybody but a file. */
export async function runToFile(name: string, env: Env): Promise<Piped> {
  return inFolder(async (folder) => {
    const file = join(folder, "app.log");
    const startMs = performance.now();
    const child = spawn(process.execPath, [program(name)], {
      env: childEnv({ ...env, LOG_FILE: file }),
      stdio: "ignore",
    });
    const code = await exitCode(child);
    return { code, text: readFileSync(file, "utf8"), durationMs: performance.now() - startMs };
  });
}

export interface FifoChild {
  readonly process: ChildProcess;
  readonly reader: Socket;
  readonly ended: Promise<number>;
  /** All that was read so far. */
  text(): string;
  /** How many times a short text has come; kept up to date, as looking through all of it takes long. */
  count(text: string): number;
}

/** Start a program whose standard output is a pipe that only we read, when we like. */
export function startOnFifo(
  name: string,
  env: Env,
  options: { readonly mergeStderr?: boolean } = {},
): FifoChild {
  const folder = mkdtempSync(join(tmpdir(), "taffrail-"));
  const path = join(folder, "fifo");
  execFileSync("mkfifo", [path]);
  const readFd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writeFd = openSync(path, constants.O_WRONLY);
  const child = spawn(process.execPath, ["--expose-gc", program(name)], {
    env: childEnv(env),
    stdio: ["ignore", writeFd, options.mergeStderr === true ? writeFd : "ignore", "ipc"],
  });
  closeSync(writeFd);
  rmSync(folder, { recursive: true });
  const chunks: Buffer[] = [];
  let counted = 0;
  let found = 0;
  let tail = "";
  const reader = new Socket({ fd: readFd, readable: true, writable: false });
  reader.pause();
  reader.on("data", (chunk) => void chunks.push(chunk)).on("error", () => undefined);
  return {
    process: child,
    reader,
    ended: exitCode(child),
    text: () => Buffer.concat(chunks).toString(),
    count(text) {
      for (; counted < chunks.length; counted++) {
        const both = tail + String(chunks[counted]);
        found += both.split(text).length - 1;
        tail = both.slice(1 - text.length);
      }
      return found;
    },
  };
}

/** Send an order and answer the next message. */
export function order<T>(child: ChildProcess, text: string): Promise<T> {
  return new Promise((resolve, reject) => {
    child.once("message", (message) => resolve(message as T));
    child.once("exit", () => reject(new Error(`gone before it answered ${text}`)));
    child.send(text);
  });
}

export function exitCode(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once("exit", (code, signal) => resolve(code ?? (signal === "SIGKILL" ? 137 : 128)));
  });
}

export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "taffrail-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
