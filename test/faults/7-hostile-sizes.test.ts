import { afterAll, describe, expect, it } from "vitest";
import { createTaffrail } from "../../src/index.ts";
import { createRedaction } from "../../src/logger/redaction/redaction.ts";
import { type Figure, keepFigures, slack } from "./figures.ts";

const figures: Figure[] = [];
const written: string[] = [];
const { log } = createTaffrail({
  preset: "test",
  log: { destination: { write: (line) => void written.push(line) } },
});

/** The least of some runs: what the work takes where nothing else interferes. */
function leastMs(work: () => void, times = 7): number {
  const taken: number[] = [];
  for (let time = 0; time < times; time++) {
    const startMs = performance.now();
    work();
    taken.push(performance.now() - startMs);
  }
  return Math.min(...taken);
}

function deep(levels: number): object {
  let value: object = {};
  for (let level = 0; level < levels; level++) value = { value };
  return value;
}

const million = 1_000_000;
const sizes: Readonly<Record<string, () => unknown>> = {
  "a text of 50 MB": () => Buffer.alloc(50 * million, "x").toString("latin1"),
  "a text of 50 MB, not ASCII": () => Buffer.alloc(50 * million, "é✓").toString(),
  "an array of a million": () => Array.from({ length: million }, (_, index) => index),
  "a Map of a million": () => new Map(Array.from({ length: million }, (_, index) => [`k${index}`, index])),
  "100,000 levels": () => deep(100_000),
  "a buffer of 50 MB": () => Buffer.alloc(50 * million),
  "an error with a message of 50 MB": () => new Error(Buffer.alloc(50 * million, "m").toString("latin1")),
};

describe("a log call with a huge value takes at most 5 ms:", () => {
  it.each(Object.entries(sizes))("%s", (name, make) => {
    const value = make();
    written.length = 0;
    const fieldMs = leastMs(() => log.info({ value }, "huge"));
    const messageMs = leastMs(() => log.info("%s", ...([value] as never[])));
    for (const line of written) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(15_360);
    expect(JSON.parse(String(written[0]))).toMatchObject({ msg: "huge" });
    figures.push({
      fault: `${name}, as a field and in the message`,
      promise: "≤ 5 ms, ≤ 15 KiB",
      kit: `${fieldMs.toFixed(2)} and ${messageMs.toFixed(2)} ms`,
    });
    expect(Math.max(fieldMs, messageMs)).toBeLessThanOrEqual(5 * slack);
  });

  // V8 lists all keys of an object before it gives the first: no JavaScript can look at a part of them.
  it("a million named keys: no more than twice what V8 needs to list them", () => {
    const value = Object.fromEntries(Array.from({ length: million }, (_, index) => [`key${index}`, index]));
    const listMs = leastMs(() => Object.keys(value).length, 5);
    const logMs = leastMs(() => log.info({ value }, "huge"), 5);
    figures.push({
      fault: "an object of a million named keys",
      promise: "≤ twice `Object.keys`",
      kit: `${logMs.toFixed(0)} ms, of which Object.keys alone takes ${listMs.toFixed(0)}`,
    });
    expect(logMs).toBeLessThanOrEqual(listMs * 2 * slack);
  });
});

const kib64 = 65_536;
const fill = (text: string): string => text.repeat(Math.ceil(kib64 / text.length)).slice(0, kib64);
/** For every pattern, a text that gives it the most work and the least to find. */
const adversarial: readonly string[] = [
  ...'//|a@|//a|@//|=|:|a=|password|password=|"password":"|key.|token |Bearer |bearer bearer |Basic aaaaaaaa|eyJ|eyJ.|sk-|AKIA|ghp_a'.split(
    "|",
  ),
  ..."-----BEGIN |-----BEGIN PRIVATE KEY-----|PRIVATE KEY |1|1 |1-|4111 |1234 5678 |12345|\\|\"|' |%s|%j %o |\u0000|\u009b|\u2028|\ud83d|é".split(
    "|",
  ),
  "//"
    .padEnd(kib64 - 1, "a")
    .concat("@")
    .slice(0, kib64),
  `password=${'\\\\"'.repeat(16_000)}`,
  ...['password="', "password:[\n]", 'password:{"', "token%5D=", "token: ,", 'password:["\\'],
  ...[
    " --password ",
    " -a-a",
    ' --a "',
    "<password>",
    "<a></a",
    "//a:b#",
    "//a:#@",
    "bearer \t",
    "hooks.slack.com/services/",
  ],
  ` --password </${"a".repeat(60_000)}`,
  `<a${" ".repeat(60_000)}</`,
  // Each name a new one, for which nothing is remembered.
  Array.from({ length: 8_000 }, (_, index) => `a_b${index}_key:`).join(""),
  `password${" ".repeat(60_000)}=x`,
  `eyJ${"a".repeat(60_000)}.`,
];

describe("64 KiB of adversarial text take every pattern at most 5 ms", () => {
  it("in the search for secrets", () => {
    const { scrub } = createRedaction();
    const worst = adversarial
      .map((text) => ({ text: text.slice(0, 24), ms: leastMs(() => scrub(fill(text))) }))
      .sort((a, b) => b.ms - a.ms)[0];
    figures.push({
      fault: `${adversarial.length} adversarial texts of 64 KiB, search for secrets`,
      promise: "≤ 5 ms",
      kit: `${worst?.ms.toFixed(2)} ms at worst (${JSON.stringify(worst?.text)} repeated)`,
    });
    expect(worst?.ms).toBeLessThanOrEqual(5 * slack);
  });

  it("in a whole log call", () => {
    const worst = Math.max(
      ...adversarial.map((text) => leastMs(() => log.info({ a: fill(text), b: [fill(text)] }, fill(text)))),
    );
    figures.push({
      fault: "the same, a whole log call",
      promise: "≤ 5 ms",
      kit: `${worst.toFixed(2)} ms at worst`,
    });
    expect(worst).toBeLessThanOrEqual(5 * slack);
  });
});

afterAll(() => keepFigures("7-hostile-sizes", "Hostile sizes", figures));
