import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { cli, folder } from "../support/cli.ts";

interface Line {
  readonly [field: string]: unknown;
}

const start = Date.parse("2026-11-22T10:00:00.000Z");

function line(seconds: number, fields: Line): string {
  return JSON.stringify({
    time: new Date(start + seconds * 1000).toISOString(),
    service_name: "shop",
    ...fields,
  });
}

const lines = [
  line(0, { level: "info", msg: "started", port: 80 }),
  line(10, { level: "info", msg: "GET /a 200", http_route: "/a", duration_ms: 12.5 }),
  line(70, {
    level: "error",
    msg: "POST /pay 500",
    http_route: "/pay",
    duration_ms: 48.9,
    exception_stacktrace: "Error: no\n    at pay.js:1",
  }),
  "TypeError: x is not a function",
  "    at main.js:7",
  "    at main.js:7",
  line(130, { level: "info", msg: "GET /a 200", http_route: "/a", duration_ms: 600 }),
  line(140, {
    service_name: "cart",
    level: "info",
    msg: "GET /cart 200",
    http_route: "/cart",
    duration_ms: 7,
  }),
];
const text = `${lines.join("\n")}\n`;

function file(content: string | Buffer = text, name = "app.log"): string {
  const path = join(folder(), name);
  writeFileSync(path, content);
  return path;
}

function query(...args: readonly string[]): string {
  const { code, stdout, stderr } = cli(["query", ...args], { input: text });
  if (code !== 0) throw new Error(stderr);
  return stdout;
}

describe("a log query", () => {
  it("prints lines readably: time in UTC, level, message, fields, and stacks below", () => {
    expect(query('{service_name="shop"} | json | level="error"', file())).toBe(
      "2026-11-22T10:01:10.000Z ERROR POST /pay 500 http_route=/pay duration_ms=48.9\n    Error: no\n        at pay.js:1\n",
    );
  });

  it("spells out what a terminal would obey, in texts, names, levels and stacks", () => {
    const hostile = line(0, {
      level: "\u001b[2J",
      msg: "a\n\u202eb",
      "\u0007k": "\u001b]0;x\u0007",
      stack: "E\n at \u001b[1A",
    });
    expect(query("| json", file(hostile))).toBe(
      "2026-11-22T10:00:00.000Z \\U001B[2J a\\n\\u202eb \\u0007k=\\u001b]0;x\\u0007\n    E\n     at \\u001b[1A\n",
    );
  });

  it("knows the services of pino, bunyan and winston, and none of an object within a line", () => {
    const pino = JSON.stringify({ level: 30, time: start, name: "pay", msg: "p" });
    const winston = JSON.stringify({ level: "info", service: "cart", msg: "w" });
    const nested = JSON.stringify({ level: "info", err: { name: "TypeError", service: "no" }, msg: "n" });
    const path = file(`${pino}\n${winston}\n${nested}\n`);
    const messages = (selector: string): string[] =>
      query(selector, path, "--json")
        .split("\n")
        .filter(Boolean)
        .map((text) => JSON.parse(JSON.parse(text).line).msg);
    expect(messages('{service_name="pay"}')).toEqual(["p"]);
    expect(messages('{service_name="cart"}')).toEqual(["w", "n"]);
  });

  it("shows a line as it is that is nested deeper than any stack", () => {
    const deep = `{"msg":"m","deep":${'{"a":'.repeat(20_000)}1${"}".repeat(20_001)}`;
    expect(query('|= "m"', file(deep))).toContain(`        ${deep}`);
  });

  it("prints the numbers of pino's levels as words", () => {
    expect(query("| json", file('{"level":50,"time":1,"msg":"no"}'))).toBe(
      "1970-01-01T00:00:01.000Z ERROR no\n",
    );
  });

  it("takes no service over from one file into the next", () => {
    const named = file('{"level":30,"time":1,"name":"pay","msg":"p"}', "a.log");
    const plain = file("time=2026-11-22T10:00:00Z level=info", "b.log");
    expect(query('{service_name="unknown_service"}', named, plain, "--raw")).toBe(
      "time=2026-11-22T10:00:00Z level=info\n",
    );
  });

  it("says which streams there are where the selector matches none", () => {
    const path = file();
    const { code, stdout, stderr } = cli(["query", '{service_name="shopp"}', path]);
    expect([code, stdout]).toEqual([0, ""]);
    expect(stderr).toBe(
      `taffrail: no stream matches the selector; there are {filename="${path}", service_name="shop"}, {filename="${path}", service_name="cart"}\n`,
    );
    expect(cli(["query", '{service_name="shop"} |= "nothing"', path]).stderr).toBe("");
  });

  it("gives lines that are no JSON the time and the service of the line before", () => {
    expect(query('{service_name="shop"} |~ "TypeError|main.js"', file())).toBe(
      [
        "2026-11-22T10:01:10.000Z        TypeError: x is not a function",
        "2026-11-22T10:01:10.000Z            at main.js:7",
        "2026-11-22T10:01:10.000Z            at main.js:7",
        "",
      ].join("\n"),
    );
  });

  it("finds that time even where the line before is passed over by the filter", () => {
    expect(query('{service_name=~".+"} |= "TypeError"', file())).toContain("2026-11-22T10:01:10.000Z");
  });

  it("reads standard input, named or not", () => {
    const expected = `${lines[2]}\n`;
    expect(query('{service_name="shop"} |= "/pay"', "-", "--raw")).toBe(expected);
    expect(query('{service_name="shop"} |= "/pay"', "--raw")).toBe(expected);
  });

  it("takes a pipeline alone as one over every stream", () => {
    expect(query('|= "GET"', file(), "--raw").trimEnd().split("\n")).toEqual([lines[1], lines[6], lines[7]]);
  });

  it("gives the first lines with --limit, the last with --newest", () => {
    expect(query('|= "GET"', file(), "--raw", "--limit", "1")).toBe(`${lines[1]}\n`);
    expect(query('|= "GET"', file(), "--raw", "--newest", "--limit", "1")).toBe(`${lines[7]}\n`);
  });

  it("keeps to --start and --end", () => {
    const range = ["--start", "2026-11-22T10:01:00Z", "--end", String((start + 130_000) / 1000)];
    expect(query('|= "{"', file(), "--raw", ...range)).toBe(`${lines[2]}\n${lines[6]}\n`);
    expect(query('|= "{"', file(), "--since", "1m")).toBe("");
  });

  it("with --json gives an object for each line, with every label", () => {
    const [first = ""] = query('{service_name="cart"} | json', file(), "--json").split("\n");
    expect(JSON.parse(first)).toEqual({
      time: `${start + 140_000}000000`,
      line: lines[7],
      labels: expect.objectContaining({ service_name: "cart", http_route: "/cart", duration_ms: "7" }),
    });
  });

  it("adds the labels of --labels to every stream", () => {
    expect(
      query(
        '{env="prod", filename=~".*app.log"} |= "started"',
        file(),
        "--labels",
        "env=prod,team=core",
        "--raw",
      ),
    ).toBe(`${lines[0]}\n`);
  });

  it("names the file that ends in .gz and is not zipped, or is cut short", () => {
    for (const bytes of [Buffer.from("no gzip"), gzipSync(text).subarray(0, 60)]) {
      const path = file(bytes, "broken.log.gz");
      const { code, stderr } = cli(["query", '|= "a"', path, "--quiet"]);
      expect([code, stderr]).toEqual([
        2,
        expect.stringMatching(/^taffrail: .*broken\.log\.gz can't be unzipped: /),
      ]);
    }
  });

  it("reads a file that starts with a byte order mark", () => {
    const path = file(`\ufeff${lines[2]}\r\n`, "marked.log");
    const { stdout } = cli(["query", '| json | level="error"', path, "--quiet"]);
    expect(stdout).toMatch(/^2026-11-22T10:01:10\.000Z ERROR POST \/pay 500/);
  });

  it("unzips files that end in .gz, and reads several", () => {
    const zipped = file(gzipSync(text), "old.log.gz");
    expect(query('|= "started"', zipped, file(), "--raw")).toBe(`${lines[0]}\n${lines[0]}\n`);
  });

  it("prints what line_format makes of a line", () => {
    const format = '| json | line_format "{{.http_route}} took {{.duration_ms}}"';
    expect(query(`{service_name="cart"} ${format}`, file(), "--raw")).toBe("/cart took 7\n");
  });

  it("ends quietly when its reader goes away", async () => {
    const many = file(`${lines[1]}\n`.repeat(100_000));
    const child = spawn(process.execPath, ["dist/src/cli/main.js", "query", '|= "GET"', many, "--raw"]);
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      stderr += chunk;
    });
    child.stdout.once("data", () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.once("close", resolve));
    expect([code, stderr]).toEqual([0, ""]);
  });

  it("says on stderr how far it is, once reading takes long", async () => {
    const child = spawn(process.execPath, ["dist/src/cli/main.js", "query", '|= "started"', "-", "--raw"]);
    child.stdout.resume();
    const said = new Promise<string>((resolve) => {
      child.stderr.setEncoding("utf8").once("data", resolve);
    });
    // A pipe that stays open: the line comes with the first block read two seconds after the start.
    const writing = setInterval(() => child.stdin.write(text), 100);
    expect(await said).toMatch(/^read \d+ kB, \d+ lines kept, .*\/s, \d+\.\d s\n$/);
    clearInterval(writing);
    child.stdin.end();
    await new Promise((resolve) => child.once("close", resolve));
  });
});

describe("a metric query", () => {
  it("is evaluated once at the end, as a table", () => {
    const counted =
      'sum by (service_name, level) (count_over_time({service_name=~".+"} | json | __error__="" [1h]))';
    expect(query(counted, file())).toBe(
      [
        "level  service_name  value",
        "info   shop              3",
        "error  shop              1",
        "info   cart              1",
        "",
      ].join("\n"),
    );
  });

  it("with --step is evaluated at every step, with a sparkline", () => {
    const counted = 'sum by (level) (count_over_time({service_name=~".+"} | json | __error__="" [1m]))';
    expect(query(counted, file(), "--step", "1m")).toBe(
      [
        "2026-11-22T10:00:00Z to 2026-11-22T10:03:00Z, every 1m",
        "level        min  max  last",
        "info   ▅▅ █    1    2     2",
        "error    █     1    1     1",
        "",
      ].join("\n"),
    );
  });

  it("with --json gives Loki's answer", () => {
    const counted = 'sum(count_over_time({service_name="shop"} |= "GET" [1h]))';
    expect(JSON.parse(query(counted, file(), "--json"))).toEqual({
      resultType: "vector",
      result: [{ metric: {}, value: [(start + 140_000) / 1000, "2"] }],
    });
  });

  it("agrees with the same query over the lines one by one, whatever the batches", () => {
    const many = Array.from({ length: 45_000 }, (_, i) =>
      line(i / 100, { level: i % 7 === 0 ? "error" : "info", duration_ms: (i * 7919) % 1000 }),
    );
    const path = file(`${many.join("\n")}\n`);
    const quantile =
      'quantile_over_time(0.9, {service_name="shop"} | json | unwrap duration_ms | __error__="" [1h]) by (level)';
    const values = JSON.parse(query(quantile, path, "--json")).result.map(
      (one: { metric: { level: string }; value: [number, string] }) => [
        one.metric.level,
        Number(one.value[1]),
      ],
    );
    const expected = ["error", "info"].map((level) => {
      const own = many.map((text) => JSON.parse(text)).filter((one) => one.level === level);
      const sorted = own.map((one) => one.duration_ms).sort((a, b) => a - b);
      const rank = 0.9 * (sorted.length - 1);
      const low = Math.floor(rank);
      return [level, sorted[low] + (sorted[low + 1] - sorted[low]) * (rank - low)];
    });
    expect(values.sort()).toEqual(
      expected.map(([level, value]) => [level, expect.closeTo(Number(value), 9)]),
    );
  });

  it("fails on a line that does not parse, only where it lies in the window", () => {
    const counted = (range: string): string =>
      `sum by (level) (count_over_time({service_name="shop"} | json [${range}]))`;
    expect(query(counted("15s"), file())).toBe("level  value\ninfo       1\n");
    const { code, stderr } = cli(["query", counted("1h"), file()]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("pipeline error: 'JSONParserErr'")]);
  });
});

describe("what query refuses", () => {
  it.each([
    [[], "query needs a LogQL expression"],
    [
      ["{"],
      "parse error at line 1, col 2: syntax error: unexpected end of query, expecting identifier\n  {\n   ^",
    ],
    [['|= "a"', "none.log"], "none.log: no such file"],
    [['|= "a"', "test"], "test: a folder; name files, such as 'test/*'"],
    // Linux lets no one read the start of a process' memory.
    [['|= "a"', "/proc/self/mem"], "/proc/self/mem: can't be read: EIO: i/o error, read"],
    [['|= "a"', ""], "an empty argument names no file"],
    [['|= "a"', "-", "--since", "5"], "--since 5: expected a duration such as 30s, 15m, 1h30m or 7d"],
    [
      ['|= "a"', "-", "--start", "noon"],
      "--start noon: expected a time such as 2026-11-22T10:00:00Z, or seconds since 1970",
    ],
    [
      ['|= "a"', "-", "--since", "-5m"],
      "--since needs a value; one that begins with - is written --since=-…",
    ],
    [['|= "a"', "-", "--limit", "0"], "--limit 0: expected a whole number above 0"],
    [['|= "a"', "-", "--labels", "a"], "--labels a: expected NAME=VALUE, several joined by commas"],
    [['|= "a"', "-", "--step", "1m"], "--step is for metric queries"],
    [['|= "a"', "-", "--json", "--raw"], "--json and --raw exclude each other"],
    [['{a="b"}', "--start", "2026-11-22", "--end", "2026-11-21"], "--end 2026-11-21 lies before --start"],
    [['|= "a"', "-", "--since", "1m", "--start", "0"], "--since and --start exclude each other"],
  ])("%j", (args, message) => {
    expect(cli(["query", ...args])).toEqual({
      code: 2,
      stdout: "",
      stderr: `taffrail: ${message}\nSee: taffrail query --help\n`,
    });
  });
});
