/**
 * Whether a file's name says that it tests rules, as of those that stand beside them: `*.test.yml` and `*_test.yml`. A
 * pattern such as `alerts/*.yml` names both.
 */
export function isTestFile(path: string): boolean {
  return /[._]test\.ya?ml$/.test(path);
}
