import type { RegexMatch } from "./re2.ts";

/**
 * Fill `$1`, `$name` and `${name}` of a replacement as Go does: a name is as long as it can be, and one that
 * stands for no group is empty.
 * @see https://pkg.go.dev/regexp#Regexp.Expand
 */
export function expandTemplate(
  template: string,
  match: RegexMatch,
  names: readonly (string | undefined)[],
): string {
  return template.replace(
    /\$(?:(\$)|\{(\w+)\}|(\w+))/g,
    (_, dollar?: string, braced?: string, bare?: string) => {
      if (dollar) return "$";
      const name = braced ?? bare ?? "";
      const index = /^\d+$/.test(name) ? Number(name) : names.indexOf(name) + 1;
      return index === 0 && name !== "0" ? "" : (match.groups[index] ?? "");
    },
  );
}
