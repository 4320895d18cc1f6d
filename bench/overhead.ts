import type { Measured } from "./measure.ts";
import type { Round } from "./round.ts";
import { type Estimate, medianOf, ratioOfMedians } from "./statistics.ts";

/** What one variant costs. Overheads are differences to bare within the same round. */
export interface Cost {
  readonly name: string;
  readonly label: string;
  readonly cpuMicros: Estimate;
  readonly overheadMicros: Estimate;
  /** Overhead as a share of the overhead of these; absent when that variant did not run. */
  readonly ratio: Readonly<Partial<Record<Reference, Estimate>>>;
  readonly requestsPerSecond: Estimate;
  readonly bytesPerRequest: number;
  readonly rssMegabytes: number;
}

export type Reference = (typeof REFERENCES)[number];

export const REFERENCES = ["do-it-yourself", "pino-http", "floor", "usual"] as const;

/** Compare what was measured against the bare framework and the references. Variants that failed are left out. */
export function costs(results: readonly Measured[]): readonly Cost[] {
  const sound = results.filter(({ failure }) => failure === undefined);
  const bare = sound.find(({ variant }) => variant.name === "bare");
  return bare ? sound.map((measured) => cost(measured, sound, bare)) : [];
}

function cost(measured: Measured, sound: readonly Measured[], bare: Measured): Cost {
  const { variant, rounds } = measured;
  // A variant that was left out of some rounds is compared over the rounds it was in.
  const overheadsOf = (other: Measured): readonly number[] =>
    rounds.map(({ number }) => cpuIn(other, number) - cpuIn(bare, number));
  const own = overheadsOf(measured);
  const ratios = REFERENCES.flatMap((name) => {
    const reference = sound.find((each) => each.variant.name === name);
    return reference ? [[name, ratioOfMedians(own, overheadsOf(reference))]] : [];
  });
  return {
    name: variant.name,
    label: variant.label,
    cpuMicros: medianOf(rounds.map(({ cpuMicrosPerRequest }) => cpuMicrosPerRequest)),
    overheadMicros: medianOf(own),
    ratio: Object.fromEntries(ratios),
    requestsPerSecond: medianOf(rounds.map(({ requestsPerSecond }) => requestsPerSecond)),
    bytesPerRequest: medianOf(rounds.map(({ bytesPerRequest }) => bytesPerRequest)).value,
    rssMegabytes: medianOf(measured.rssBytes).value / 1024 / 1024,
  };
}

function cpuIn({ variant, rounds }: Measured, number: number): number {
  const round: Round | undefined = rounds.find((each) => each.number === number);
  if (!round) throw new Error(`${variant.name} was not in round ${number}`);
  return round.cpuMicrosPerRequest;
}
