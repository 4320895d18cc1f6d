import { afterEach, expect, it } from "vitest";
import { WebSocket } from "ws";
import { until } from "../../support/poll.ts";
import { DevProcess } from "./dev-process.ts";

const started: DevProcess[] = [];

function dev(...args: readonly string[]): DevProcess {
  const process = new DevProcess(["--quiet", "--history", "0", "--no-scrape", ...args]);
  started.push(process);
  return process;
}

afterEach(async () => {
  for (const process of started.splice(0)) {
    process.process.kill("SIGTERM");
    await process.ended;
  }
});

it("shows what another log server holds: its lines, its rules, its live tail", async () => {
  const held = dev("--service", "shop");
  held.process.stdin.write("a line held elsewhere\n");
  await held.lines('{service_name="shop"}', 1);
  const shown = dev("--loki", await held.url());
  expect(await shown.lines('{service_name="shop"}', 1)).toEqual(["a line held elsewhere"]);
  const url = await shown.url();
  const rules = await (await fetch(`${url}/prometheus/api/v1/rules`)).text();
  expect(rules).toContain("LogWatchdog");
  expect(await (await fetch(`${url}/config.json`)).json()).toMatchObject({ prometheusUrl: null });

  const frames: string[] = [];
  const query = new URLSearchParams({ query: '{service_name="shop"}' });
  const socket = new WebSocket(`${url.replace("http", "ws")}/loki/api/v1/tail?${query}`);
  socket.on("message", (frame) => frames.push(String(frame)));
  await until(
    () => frames.join(),
    (text) => text.includes("held elsewhere"),
  );
  held.process.stdin.write("one that came\n");
  await until(
    () => frames.join(),
    (text) => text.includes("one that came"),
  );
  const closed = new Promise((resolve) => socket.once("close", resolve));
  held.process.kill("SIGTERM");
  await closed;
});

it("passes on nothing that writes, and says when the other can't be asked", async () => {
  const held = dev();
  const shown = dev("--loki", await held.url());
  const url = await shown.url();
  const push = await fetch(`${url}/loki/api/v1/push`, { method: "POST", body: "{}" });
  expect([push.status, await push.text()]).toEqual([405, expect.stringContaining("only what reads")]);
  held.process.kill("SIGTERM");
  await held.ended;
  const asked = await fetch(`${url}/loki/api/v1/labels`);
  expect([asked.status, await asked.text()]).toEqual([502, expect.stringContaining("can't be asked")]);
});

it.each([
  [["--loki", "localhost:3100"], "--loki localhost:3100: expected an address such as http://127.0.0.1:3100"],
  [["--prometheus", "http://127.0.0.1:9090"], "--prometheus goes with --loki"],
  [["--loki", "http://127.0.0.1:3100", "--follow", "app.log"], "it takes no command, --run or --follow"],
])("%j stops it before it begins", async (args, error) => {
  const refused = dev(...args);
  expect(await refused.ended).toBe(2);
  expect(refused.stderr).toContain(error);
});
