import type { Labels, MetricFamily, MetricSample } from "./own-metric.ts";

/** A family as it is to be written: its registered name, and its unit where it is known. */
export interface ExposedFamily extends MetricFamily {
  readonly unit?: string | undefined;
}

/** Writes one family: first its comment lines, then a line a sample. */
export interface FamilyWriter {
  readonly head: string;
  line(sample: MetricSample): string;
}

/** One of the two formats in which metrics are exposed. */
export interface ExpositionFormat {
  readonly contentType: string;
  writer(family: ExposedFamily, defaultLabels: Labels): FamilyWriter;
  /** What ends a scrape. */
  readonly end: string;
}
