import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTaffrail } from "../../src/index.ts";
import { levels } from "../../src/logger/levels.ts";
import { brokenRules } from "../support/line-rules.ts";
import { hostileValues } from "./guard/hostile-values.ts";

// The full figure, 1,000,000, takes some minutes: TAFFRAIL_FUZZ_RUNS=1000000 npx vitest run test/logger/fuzz.test.ts
const numRuns = Number(process.env["FUZZ_RUNS"] ?? 2_000);

const anything = fc.anything({
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
  withUnicodeString: true,
  key: fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("level", "time", "msg", "err", "password", "headers", "toJSON"),
  ),
});

/** Stands for a hostile value, which fast-check itself would stumble over. */
class Hostile {
  readonly #index: number;
  constructor(index: number) {
    this.#index = index;
  }
  get value(): unknown {
    return hostileList[this.#index];
  }
}
const hostileList: readonly unknown[] = hostileValues().map(([, value]) => value);
const hostile = fc.nat({ max: hostileList.length - 1 });
const text = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("%s", "%j and %o", "%d%%", "token=%s"));
const argument = fc.oneof(
  { weight: 6, arbitrary: anything },
  { weight: 2, arbitrary: text },
  { weight: 1, arbitrary: hostile.map((index) => new Hostile(index)) },
);
const resolved = (value: unknown): unknown => (value instanceof Hostile ? value.value : value);

describe(`any log call, ${numRuns} times`, () => {
  it(
    "does not throw and writes one good line",
    () => {
      const written: string[] = [];
      const { log } = createTaffrail({
        preset: "test",
        log: { level: "trace", destination: { write: (line) => void written.push(line) } },
      });
      const call = fc.record({
        level: fc.constantFrom(...levels),
        bindings: fc.option(argument),
        args: fc.array(argument, { maxLength: 4 }),
      });
      fc.assert(
        fc.property(call, ({ level, bindings, args }) => {
          written.length = 0;
          const logger = bindings === null ? log : log.child(resolved(bindings) as object);
          logger[level](...(args.map(resolved) as [object]));
          expect(written.length).toBe(1);
          expect(brokenRules(String(written[0]))).toEqual([]);
        }),
        { numRuns },
      );
    },
    numRuns * 10 + 20_000,
  );
});
