/**
 * Where Loki's answers differ from its documentation, or from what one would guess, the difference is a named value
 * here and not an `if` in the code. docs/logql.md explains each.
 */
export interface Profile {
  readonly version: string;
  /** A label filter's regular expression must match the whole value. */
  readonly labelFilterRegexAnchored: boolean;
  /** `.` matches a newline in line filters. */
  readonly lineFilterDotMatchesNewline: boolean;
  /** `|= ip("a") or "b"` looks for the text of the address, in place of the address. */
  readonly ipInOrChainIsText: boolean;
  /** A parser reads only the labels that a `sum by` above it or a later stage needs, and then stops: hints. */
  readonly parserHints: boolean;
  /** Series that one query may return. */
  readonly maxSeries: number;
}

export type ProfileVersion = "3.7";

/** The profiles, by the version of Loki they describe. */
export const profiles: Readonly<Record<ProfileVersion, Profile>> = {
  "3.7": {
    version: "3.7",
    labelFilterRegexAnchored: true,
    lineFilterDotMatchesNewline: false,
    ipInOrChainIsText: true,
    parserHints: true,
    maxSeries: 500,
  },
};
