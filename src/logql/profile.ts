/**
 * Where Loki's answers differ from its documentation, or from what one would guess, the difference is a named value
 * here and not an `if` in the code. docs/logql.md explains each.
 */
export interface Profile {
  readonly version: string;
  /** A label filter's regular expression must match the whole value. */
  readonly labelFilterRegexAnchored: boolean;
  /** Plain text with `.*` before or after it is looked for anywhere in the value: `warn.*` matches `prewarn`. */
  readonly labelFilterPlainTextAnywhere: boolean;
  /** `.` matches a newline in line filters. */
  readonly lineFilterDotMatchesNewline: boolean;
  /** `|= ip("a") or "b"` looks for the text of the address, in place of the address. */
  readonly ipInOrChainIsText: boolean;
  /** `(?i)text` compares lower-case texts: characters that only Unicode folding makes equal differ. */
  readonly lineFilterFoldsByLowerCase: boolean;
  /** A line filter after decolorize, json or another stage that is not known to write the line runs before it. */
  readonly lineFiltersMoveForward: boolean;
  /** In a metric query that does not count bytes, a line_format whose line nothing reads is not run, and cannot fail. */
  readonly unreadLineFormatsSkipped: boolean;
  /** A size in a label filter is rounded as the humanize library prints it: `5KiB` is 5100 bytes. */
  readonly sizesRoundToTwoDigits: boolean;
  /** A range query starts and ends at whole multiples of its step since 1970: the start moves back, the end on. */
  readonly stepsAlignToEpoch: boolean;
  /** A parser reads only the labels that a `sum by` above it or a later stage needs, and then stops: hints. */
  readonly parserHints: boolean;
  /** A parser tries a label's filters, wherever they stand in the pipeline, as soon as it sets the label. */
  readonly filtersTriedByParsers: boolean;
  /** The HTTP API, though not the ruler, divides a grouped avg_over_time by all lines, those without the label too. */
  readonly groupedAveragesCountLines: boolean;
  /** Series that one query may return. */
  readonly maxSeries: number;
}

export type ProfileVersion = "3.7";

/** The profiles, by the version of Loki they describe. */
export const profiles: Readonly<Record<ProfileVersion, Profile>> = {
  "3.7": {
    version: "3.7",
    labelFilterRegexAnchored: true,
    labelFilterPlainTextAnywhere: true,
    lineFilterDotMatchesNewline: false,
    lineFilterFoldsByLowerCase: true,
    ipInOrChainIsText: true,
    lineFiltersMoveForward: true,
    unreadLineFormatsSkipped: true,
    sizesRoundToTwoDigits: true,
    stepsAlignToEpoch: true,
    parserHints: true,
    filtersTriedByParsers: true,
    groupedAveragesCountLines: true,
    maxSeries: 500,
  },
};
