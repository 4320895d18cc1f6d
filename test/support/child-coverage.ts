/** The environment that has a child process write down what it covered, where `npm run coverage` asks for it. */
export function childCoverage(): Readonly<Record<string, string>> {
  const { CHILD_COVERAGE: folder } = process.env;
  return folder === undefined ? {} : { NODE_V8_COVERAGE: folder };
}
