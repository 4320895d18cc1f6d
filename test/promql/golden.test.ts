import { describe, expect, it } from "vitest";
import { askInstant, askRange, normalize, queries, recorded } from "./golden/compare.ts";

describe.each(Object.entries(queries))(`as Prometheus ${recorded.prometheus} answered: %s`, (group, list) => {
  const answers = recorded.answers[group] ?? [];

  it("has an answer for every query", () => {
    expect(answers.map(({ query }) => query)).toEqual(list);
  });

  it.each(answers)("$query", ({ query, instant, range }) => {
    expect(normalize(askInstant(query), query)).toEqual(normalize(instant, query));
    expect(normalize(askRange(query), query)).toEqual(normalize(range, query));
  });
});

it.each((recorded.answers["functions"] ?? []).filter(({ query }) => /^vector\(-?[0-9.e-]+\)$/.test(query)))(
  "prints $query digit by digit as Prometheus",
  ({ query, instant }) => {
    expect(askInstant(query)).toEqual(instant);
  },
);
