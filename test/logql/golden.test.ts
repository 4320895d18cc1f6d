import { describe, expect, it } from "vitest";
import { ask, goldenEngine, normalize, queries, recorded } from "./golden/compare.ts";

const engine = goldenEngine();

describe.each(Object.entries(queries))(`as Loki ${recorded.loki} answered: %s`, (group, list) => {
  const answers = recorded.answers[group] ?? [];

  it("has an answer for every query", () => {
    expect(answers).toHaveLength(list.length);
  });

  it.each(list.map((query, i) => ({ query, answer: answers[i] ?? { status: 0 } })))(
    "$query.query",
    ({ query, answer }) => {
      expect(normalize(ask(engine, query), query)).toEqual(normalize(answer, query));
    },
  );
});
