import { describe, expect, it } from "vitest";
import { type GoldenSet, goldenSet, normalize } from "./golden/compare.ts";

// The second set was found by random queries that a running Loki and the engine answered differently.
describe.each([goldenSet("."), goldenSet("found")])("as Loki $recorded.loki answered", (set) => {
  describe.each(Object.keys(set.queries))("%s", (group) => {
    holds(set, group);
  });
});

function holds({ queries, recorded, engine, ask }: GoldenSet, group: string): void {
  const list = queries[group] ?? [];
  const answers = recorded.answers[group] ?? [];
  const asked = engine();

  it("has an answer for every query", () => {
    expect(answers).toHaveLength(list.length);
  });

  it.each(list.map((query, i) => ({ query, answer: answers[i] ?? { status: 0 } })))(
    "$query.query",
    ({ query, answer }) => {
      expect(normalize(ask(asked, query), query)).toEqual(normalize(answer, query));
    },
  );
}
