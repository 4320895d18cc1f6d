import { spawnSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, rmdirSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { cli, folder } from "../../support/cli.ts";
import { until } from "../../support/poll.ts";
import { DevProcess } from "./dev-process.ts";

const started: DevProcess[] = [];

function dev(...args: ConstructorParameters<typeof DevProcess>): DevProcess {
  const process = new DevProcess(...args);
  started.push(process);
  return process;
}

function node(script: string): readonly string[] {
  return ["--", process.execPath, "-e", script];
}

const all = '{service_name=~".+"}';

afterEach(async () => {
  for (const { process, ended } of started.splice(0)) {
    process.kill("SIGTERM");
    await ended;
  }
});

describe("output that is hard to pass on", () => {
  it("a question that waits for its answer is shown before its line ends, and is one line", async () => {
    const run = dev(
      node(`process.stdout.write("Your name? ");
        process.stdin.once("data", (name) => { console.log("hello " + name); process.stdin.destroy(); });`),
    );
    await until(
      () => run.stdout,
      (shown) => shown === "Your name? ",
    );
    run.process.stdin.write("Ada");
    expect(await run.ended).toBe(0);
    expect(run.stdout).toBe("Your name? hello Ada\n");
  });

  it("--raw gives the very bytes, also those that are no text, and adds no line feed", async () => {
    const run = dev(["--raw", ...node("process.stdout.write(Buffer.from([97, 255, 0, 10, 98, 195]))")]);
    const shown: Buffer[] = [];
    run.process.stdout
      .setEncoding("latin1")
      .on("data", (text: string) => shown.push(Buffer.from(text, "latin1")));
    expect(await run.ended).toBe(0);
    expect([...Buffer.concat(shown)]).toEqual([97, 255, 0, 10, 98, 195]);
  });

  it("of a line of 5 MB the beginning is held, once, and the next line is whole", async () => {
    const run = dev([
      "--stay",
      "--quiet",
      ...node('console.log("x".repeat(5e6)); console.log("after"); console.log("last")'),
    ]);
    const lines = await run.lines(all, 3);
    expect(lines.map((line) => line.length)).toEqual([64 * 1024, 5, 4]);
  });

  it("bytes that are no UTF-8, NUL and terminal sequences are held as lines", async () => {
    const run = dev([
      "--stay",
      ...node("process.stdout.write(Buffer.from([97, 255, 98, 10, 99, 0, 27, 91, 51, 49, 109, 10]))"),
    ]);
    expect(await run.lines(all, 2)).toEqual(["a\ufffdb", "c\0\u001b[31m"]);
  });

  it("a second Ctrl-C kills a program that ignores the first", async () => {
    const run = dev(
      node('process.on("SIGINT", () => console.log("no")); console.log("up"); setInterval(() => {}, 1e3)'),
    );
    await until(
      () => run.stdout,
      (shown) => shown.includes("up"),
    );
    run.process.kill("SIGINT");
    await until(
      () => run.stdout,
      (shown) => shown.includes("no"),
    );
    run.process.kill("SIGINT");
    expect(await run.ended).toBe(137);
  });
});

describe("files that are none", () => {
  it.each([["--rules"], ["--dashboards"], ["--follow"]])("%s with a folder is refused", (option) => {
    const path = folder();
    const { code, stderr } = cli(["dev", "--port", "0", "--history", "0", option, path]);
    expect(code).toBe(2);
    expect(stderr).toContain(`${path}: `);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });

  it("a folder as standard input is refused, also by query", () => {
    for (const args of [
      ["dev", "--port", "0", "--history", "0"],
      ["query", "|= `a`"],
      ["query", "|= `a`", "-"],
    ]) {
      const input = openSync(folder(), "r");
      const { status, stderr } = spawnSync(process.execPath, ["dist/src/cli/main.js", ...args], {
        stdio: [input, "pipe", "pipe"],
        encoding: "utf8",
        timeout: 9000,
        killSignal: "SIGKILL",
      });
      closeSync(input);
      expect(stderr).toContain("standard input is a folder; give it a file or a pipe");
      expect(status).toBe(2);
    }
  });

  it("a home that can't be written costs the history alone", async () => {
    const run = dev(["--until-eof"], { state: null, env: { XDG_STATE_HOME: "/proc/x" } });
    await run.url();
    expect(run.stderr).toContain("no history is kept: /proc/x/taffrail/");
    run.process.stdin.end();
    expect(await run.ended).toBe(0);
  });

  it("a broken dashboard of a pattern is named, and the others still show", async () => {
    const cwd = folder();
    writeFileSync(join(cwd, "half.json"), '{"panels": [');
    writeFileSync(join(cwd, "list.json"), "[]");
    writeFileSync(join(cwd, "own.json"), '{"title":"Own","panels":[]}');
    const run = dev(["--dashboards", "*.json"], { cwd });
    const answer = await fetch(`${await run.url()}/dashboards/index.json`);
    const index = (await answer.json()) as { readonly uid: string }[];
    expect(index).toContainEqual({ uid: "own", title: "Own", tags: [] });
    expect(index.map(({ uid }) => uid)).not.toContain("list");
    expect(run.stderr).toContain("half.json: no dashboard: Unexpected end of JSON input");
    expect(run.stderr).toContain(
      "list.json: no dashboard: expected Grafana's classic JSON, an object with panels",
    );
  });

  it("a followed file that a folder takes the place of is said, and read again when it is back", async () => {
    const path = join(folder(), "app.log");
    writeFileSync(path, "one\n");
    const run = dev(["--from-start", "--follow", path]);
    await run.lines(all, 1);
    unlinkSync(path);
    mkdirSync(path);
    await until(
      () => run.stderr,
      (said) => said.includes("app.log: EISDIR"),
    );
    rmdirSync(path);
    writeFileSync(path, "two\n");
    expect(await run.lines(all, 2)).toEqual(["one", "two"]);
    expect(run.stderr.match(/EISDIR/g)).toHaveLength(1);
  });
});
