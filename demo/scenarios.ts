/** What can be wrong with a service. Each part of it looks here before it answers. */
export interface Faults {
  /** Every query takes so many times as long. */
  readonly databaseSlowdown: number;
  /** The share of queries that fail. */
  readonly databaseErrorShare: number;
  /** Every call to the card provider takes so many times as long. */
  readonly providerSlowdown: number;
  /** The share of calls to the card provider that fail. */
  readonly providerErrorShare: number;
  /** One request in twenty keeps the event loop busy so long. */
  readonly blockLoopMs: number;
  /** Every request is followed by so many lines more, of so many bytes. */
  readonly extraLines: number;
  readonly extraLineBytes: number;
  /** Every request is followed by so many lines that are no JSON. */
  readonly printedLines: number;
  /** The share of requests that run into a bug. */
  readonly bugShare: number;
  /** The share of requests upon which the service says that it can't go on. */
  readonly diskFullShare: number;
  /** The next request ends the process. */
  readonly crash: boolean;
}

export const healthy: Faults = {
  databaseSlowdown: 1,
  databaseErrorShare: 0.002,
  providerSlowdown: 1,
  providerErrorShare: 0.01,
  blockLoopMs: 0,
  extraLines: 0,
  extraLineBytes: 0,
  printedLines: 0,
  bugShare: 0,
  diskFullShare: 0,
  crash: false,
};

export type ServiceName = "shop" | "payments";

/** Something that goes wrong, by what it does to each service and to the traffic. */
export interface Incident {
  readonly about: string;
  readonly shop?: Partial<Faults>;
  readonly payments?: Partial<Faults>;
  /** How many times as often a kind of visit happens. */
  readonly traffic?: Readonly<Record<string, number>>;
}

/** Every incident, by the name it is switched with. Those that fail all calls are there for tests. */
export const incidents = {
  "payments-failing": {
    about: "three in five calls to the card provider fail",
    payments: { providerErrorShare: 0.6, providerSlowdown: 3 },
  },
  "payments-down": {
    about: "every call to the card provider fails",
    payments: { providerErrorShare: 1 },
  },
  "slow-database": {
    about: "the shop's queries take 40 times as long, and queue for a connection",
    shop: { databaseSlowdown: 40 },
  },
  "database-down": {
    about: "every query of the shop fails",
    shop: { databaseErrorShare: 1 },
  },
  "login-attack": {
    about: "someone tries passwords",
    traffic: { "wrong-password": 40 },
  },
  "blocked-loop": {
    about: "one request in twenty keeps the shop's event loop busy for 300 ms",
    shop: { blockLoopMs: 300 },
  },
  "rough-day": {
    about: "one in five queries and calls to the card provider fails",
    shop: { databaseErrorShare: 0.2 },
    payments: { databaseErrorShare: 0.2, providerErrorShare: 0.2 },
  },
  "month-end": {
    about: "everyone asks for reports, which take a second or more",
    traffic: { report: 100 },
  },
  "impatient-clients": {
    about: "most clients leave before they are answered",
    traffic: { "report-left": 100 },
  },
  "buggy-release": {
    about: "one request in ten runs into a bug of the shop",
    shop: { bugShare: 0.1 },
  },
  "disk-full": {
    about: "the shop says at level fatal that it can't write",
    shop: { diskFullShare: 0.1 },
  },
  crashing: {
    about: "the next request crashes the shop",
    shop: { crash: true },
  },
  chatty: {
    about: "the shop logs 20 lines more for every request",
    shop: { extraLines: 20 },
  },
  "dumped-objects": {
    about: "the shop logs 20 lines of 20 kB for every request",
    shop: { extraLines: 20, extraLineBytes: 20_000 },
  },
  "printed-lines": {
    about: "the shop prints a line that is no JSON for every request",
    shop: { printedLines: 1 },
  },
} as const satisfies Record<string, Incident>;

export type IncidentName = keyof typeof incidents;

export const incidentNames: readonly string[] = Object.keys(incidents);

/** Tell whether a text names an incident. */
export function isIncidentName(text: unknown): text is IncidentName {
  return typeof text === "string" && incidentNames.includes(text);
}

/** The faults of a service while these incidents last; of two that set the same, the later one counts. */
export function faultsOf(service: ServiceName, names: readonly IncidentName[]): Faults {
  const active: Incident[] = names.map((name) => incidents[name]);
  return Object.assign({ ...healthy }, ...active.map((incident) => incident[service]));
}

/** A stretch of the demo's traffic. */
export interface Phase {
  readonly name: string;
  /** Its part of the whole, in parts of the sum of all weights. */
  readonly weight: number;
  /** Requests, in multiples of the steady rate. */
  readonly rate: number;
  readonly incidents: readonly IncidentName[];
}

/** The demo's traffic from beginning to end; it then begins again. */
export const phases: readonly Phase[] = [
  { name: "steady", weight: 3, rate: 1, incidents: [] },
  { name: "burst", weight: 2, rate: 4, incidents: [] },
  { name: "incident", weight: 2, rate: 1, incidents: ["payments-failing"] },
  { name: "incident", weight: 2, rate: 1, incidents: ["slow-database"] },
  { name: "incident", weight: 1, rate: 1, incidents: ["login-attack"] },
  { name: "steady", weight: 2, rate: 1, incidents: [] },
];

/** One round of the phases where the demo runs until it is stopped. */
export const roundMs = 60_000;

/** The length of each phase in a round of the given length. */
export function phaseLengthsMs(totalMs: number): number[] {
  const weights = phases.reduce((sum, phase) => sum + phase.weight, 0);
  return phases.map((phase) => (totalMs * phase.weight) / weights);
}
