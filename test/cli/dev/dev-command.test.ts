import { appendFileSync, copyFileSync, mkdtempSync, renameSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, it } from "vitest";
import { cli, folder } from "../../support/cli.ts";
import { ask } from "../../support/client.ts";
import { until } from "../../support/poll.ts";
import { serve } from "../../support/serve.ts";
import { DevProcess } from "./dev-process.ts";
import { writeService } from "./programs.ts";

const started: DevProcess[] = [];

function dev(...args: ConstructorParameters<typeof DevProcess>): DevProcess {
  const process = new DevProcess(...args);
  started.push(process);
  return process;
}

afterEach(async () => {
  for (const { process, ended } of started.splice(0)) {
    process.kill("SIGTERM");
    await ended;
  }
});

describe("taffrail dev -- COMMAND", () => {
  it("passes output through, holds every line, passes Ctrl-C on, and keeps the exit code", async () => {
    const run = dev(["--", process.execPath, writeService()]);
    expect(await run.lines('{service_name=~".+"}', 3)).toEqual(
      expect.arrayContaining([expect.stringContaining('"msg":"up"'), "plain text", "TypeError: boom"]),
    );
    run.process.kill("SIGINT");
    expect(await run.ended).toBe(7);
    expect(run.stdout).toMatch(/^\d\d:\d\d:\d\d\.\d{3} INFO {2}shop up request_id=r1\nplain text\n.* bye\n$/);
    expect(run.stderr).toContain("TypeError: boom\n");
  });

  it("keeps a history over restarts", async () => {
    const state = mkdtempSync(join(tmpdir(), "dev-state-"));
    const script = 'console.log("from the first run")';
    const first = dev(["--", process.execPath, "-e", script], { state });
    expect(await first.ended).toBe(0);
    const second = dev([], { state });
    expect(await second.lines('{service_name=~".+"}', 1)).toEqual(["from the first run"]);
  });

  it("counts a signal as a shell does, and says when a command can't be run", async () => {
    const killed = dev(["--", process.execPath, "-e", 'process.kill(process.pid, "SIGKILL")']);
    expect(await killed.ended).toBe(137);
    const missing = dev(["--", "no-such-program-here"]);
    expect(await missing.ended).toBe(2);
    expect(missing.stderr).toContain("can't run no-such-program-here");
  });

  it("stays where it is asked to, with raw lines", async () => {
    const line = '{"level":"info","msg":"raw"}';
    const run = dev(["--stay", "--raw", "--", process.execPath, "-e", `console.log('${line}')`]);
    await until(
      () => run.stderr,
      (said) => said.includes("ended with 0; the console stays until Ctrl-C"),
    );
    expect(await run.lines('{service_name=~".+"}', 1)).toEqual([line]);
    expect(run.stdout).toBe(`${line}\n`);
  });

  it("merges several services", async () => {
    const say = (name: string): string =>
      `'${process.execPath}' -e 'console.log(JSON.stringify({level:"info",service_name:"${name}",msg:"hi"}))'`;
    const run = dev(["--stay", "--run", say("api"), "--run", say("web")]);
    await run.lines('{service_name=~"api|web"}', 2);
    const answer = await ask(`${await run.url()}/loki/api/v1/label/service_name/values`);
    expect(JSON.parse(answer.text).data).toEqual(["api", "web"]);
  });
});

describe("taffrail dev reads", () => {
  it("standard input, and names a service after package.json", async () => {
    const cwd = folder();
    writeFileSync(join(cwd, "package.json"), '{"name":"@acme/orders"}');
    const run = dev([], { cwd });
    run.process.stdin.end("one\ntwo");
    expect(await run.lines('{service_name="orders"}', 2)).toEqual(["one", "two"]);
    run.process.kill("SIGINT");
    expect(await run.ended).toBe(0);
  });

  it("files as they grow, through renaming and cutting", async () => {
    const path = join(folder(), "app.log");
    writeFileSync(path, "old\n");
    const run = dev(["--from-start", "--follow", path]);
    await run.lines('{service_name="app"}', 1);
    appendFileSync(path, "half a ");
    appendFileSync(path, "line\n");
    await run.lines('{service_name="app"}', 2);
    renameSync(path, `${path}.1`);
    appendFileSync(`${path}.1`, "late in the old file\n");
    writeFileSync(path, "first in the new file\n");
    await run.lines('{service_name="app"}', 4);
    copyFileSync(path, `${path}.2`);
    truncateSync(path);
    // Read as cut before it grows past where reading stood.
    appendFileSync(path, "cut\n");
    expect(await run.lines('{service_name="app"}', 5)).toEqual([
      "old",
      "half a line",
      "late in the old file",
      "first in the new file",
      "cut",
    ]);
  });
});

describe("the server", () => {
  it("has the console's files, config, dashboards and runbooks under a strict policy", async () => {
    const own = join(folder(), "mine.json");
    writeFileSync(own, '{"uid":"mine","title":"Mine","tags":["own"],"panels":[]}');
    const run = dev(["--dashboards", own, "--range", "15m"]);
    const url = await run.url();
    const page = await ask(`${url}/`);
    expect(page.headers["content-security-policy"]).toContain("default-src 'none'; script-src 'self'");
    expect(JSON.parse((await ask(`${url}/config.json`)).text)).toEqual({
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      lokiUrl: "",
      prometheusUrl: "",
      title: "Taffrail",
      range: "15m",
    });
    const index = JSON.parse((await ask(`${url}/dashboards/index.json`)).text);
    expect(index).toContainEqual({ uid: "mine", title: "Mine", tags: ["own"] });
    expect(index).toContainEqual(
      expect.objectContaining({ uid: "taffrail-slo", time: { from: "now-24h", to: "now" }, refresh: "30s" }),
    );
    expect((await ask(`${url}/dashboards/mine.json`)).text).toContain('"uid":"mine"');
    for (const path of [
      "/dashboards/none.json",
      "/runbooks/None.md",
      "/assets/none.js",
      "/..%2fpackage.json",
    ])
      expect((await ask(url + path)).status).toBe(404);
  });

  it("evaluates rules on their schedule, says so in the terminal, and tells an Alertmanager", async () => {
    const received: { labels: Record<string, string>; endsAt: string }[] = [];
    const alertmanager = await serve(
      createServer((req, res) => {
        void text(req).then((body) => {
          if (req.url === "/api/v2/alerts") received.push(...JSON.parse(body));
          res.end();
        });
      }),
    );
    const rules = join(folder(), "rules.yml");
    writeFileSync(
      rules,
      `groups:
  - name: dev
    interval: 1s
    rules:
      - alert: AnyError
        expr: sum by (service_name) (count_over_time({level="error"}[2s])) > 0
        labels: { severity: page }
        annotations: { summary: "{{ $labels.service_name }} fails" }
`,
    );
    const run = dev(["--no-rules", "--rules", rules, "--alertmanager", alertmanager.url, "--quiet"]);
    run.process.stdin.write(`${JSON.stringify({ level: "error", service_name: "shop", msg: "boom" })}\n`);
    await until(
      () => run.stderr,
      (said) =>
        said.includes('alert fires: AnyError {service_name="shop", severity="page"} shop fails') &&
        said.includes("alert is over: AnyError"),
      15_000,
    );
    await until(
      () => received,
      (all) => all.some(({ endsAt }) => Date.parse(endsAt) <= Date.now()), // It is told to be over.
      15_000,
    );
    expect(received[0]?.labels).toEqual({ alertname: "AnyError", service_name: "shop", severity: "page" });
    expect(Date.parse(received[0]?.endsAt ?? "")).toBeGreaterThan(Date.now() + 60_000);
    const state = JSON.parse((await ask(`${await run.url()}/prometheus/api/v1/rules`)).text);
    expect(state.data.groups[0].rules[0]).toMatchObject({
      name: "AnyError",
      state: "inactive",
      health: "ok",
    });
    run.process.kill("SIGINT");
    expect(await run.ended).toBe(0);
    expect(run.stderr).toContain("alerts that fired: AnyError");
    expect(run.stdout).toBe("");
    await alertmanager.close();
  });

  it("says who has a port that was asked for", async () => {
    const taken = await serve(createServer());
    const { port } = new URL(taken.url);
    const { code, stderr } = cli(["dev", "--port", port, "--history", "0"]);
    expect(code).toBe(2);
    expect(stderr).toContain(`can't listen on 127.0.0.1, port ${port}`);
    await taken.close();
  });
});

describe("the flags of taffrail dev", () => {
  it.each([
    [["--prot", "3"], "taffrail dev takes --run, --follow"],
    [["--port", "x"], "--port x: expected a port from 1 to 65535, or 0 for any that is free"],
    [["--port", "70000"], "expected a port from 1 to 65535"],
    [["--history", "10"], "--history 10: expected a size such as 64MB or 1GB, or 0 for none"],
    [["--memory", "0"], "at least 1MB"],
    [["--raw", "--quiet"], "--raw and --quiet exclude each other"],
    [["--run", ""], "--run is empty; expected a command such as 'node server.js'"],
    [["--", ""], "the command after -- is empty"],
    [["--run", "a", "--", "b"], "exclude each other; give each command by --run"],
    [["--alertmanager", "nowhere"], "expected an address such as http://127.0.0.1:9093"],
    [["--range", "1h30m"], "--range 1h30m: expected a number with s, m, h, d or w, such as 15m"],
    [["--rules", "none-*.yml"], "none-*.yml: no such file"],
    [["--dashboards", "none.json"], "none.json: no such file"],
    [
      ["--dashboards", "package.json"],
      "--dashboards package.json: package.json: no dashboard: expected Grafana's classic JSON, an object with panels",
    ],
    [
      ["--rules", "package.json"],
      "--rules package.json: package.json:2: unknown key name in a rule file; allowed: groups",
    ],
    [
      ["--rules", "dashboards/alerts/loki/tests/slo.test.yml"],
      'a test file, no rule file; run it with "taffrail test"',
    ],
    [["--loki", "http://127.0.0.1:1", "--dashboards", "package.json"], "package.json: no dashboard"],
    [["--state", "/proc/x"], "--state /proc/x: can't be written: ENOENT"],
    [["--state", "package.json/x"], "name a folder to write in, or --history 0"],
  ])("%j are refused, with what is allowed", (args, message) => {
    const { code, stderr } = cli(["dev", ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it("are listed by --help, with examples", () => {
    const { code, stdout } = cli(["dev", "--help"]);
    expect(code).toBe(0);
    for (const part of ["--follow FILE", "--history SIZE", "taffrail dev -- node server.js"])
      expect(stdout).toContain(part);
  });
});
