import { valueTest } from "../stages/label-filter.ts";
import type { Stream } from "../store/stream.ts";
import type { Matcher } from "../syntax/ast.ts";

/** Compile a stream selector. A stream lacking the label has the empty value. */
export function selectorTest(matchers: readonly Matcher[]): (stream: Stream) => boolean {
  const tests = matchers.map((matcher) => ({ name: matcher.name, test: valueTest(matcher, true) }));
  return (stream) => tests.every(({ name, test }) => test(stream.byName.get(name) ?? ""));
}
