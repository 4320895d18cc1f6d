export interface Formatted {
  readonly text: string;
  /** With its space where one belongs: ` ms`, `%`. */
  readonly suffix: string;
}

interface Scale {
  readonly factor: number;
  readonly steps: readonly string[];
  /** Which of the steps the value itself is in. */
  readonly base?: number;
}

const timeSteps: readonly (readonly [label: string, seconds: number])[] = [
  [" ns", 1e-9],
  [" µs", 1e-6],
  [" ms", 1e-3],
  [" s", 1],
  [" min", 60],
  [" h", 3600],
  [" d", 86_400],
];

const timeUnits: Readonly<Record<string, number>> = {
  ns: 1e-9,
  µs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
};

const si = ["", " K", " Mil", " Bil", " Tri"];
const binary = [" B", " KiB", " MiB", " GiB", " TiB", " PiB"];
const decimal = [" B", " kB", " MB", " GB", " TB", " PB"];

const scales: Readonly<Record<string, Scale>> = {
  short: { factor: 1000, steps: si },
  bytes: { factor: 1024, steps: binary },
  decbytes: { factor: 1000, steps: decimal },
  kbytes: { factor: 1024, steps: binary, base: 1 },
  mbytes: { factor: 1024, steps: binary, base: 2 },
  bits: { factor: 1000, steps: [" b", " kb", " Mb", " Gb", " Tb"] },
  binBps: { factor: 1024, steps: binary.map((step) => `${step}/s`) },
  Bps: { factor: 1000, steps: decimal.map((step) => `${step}/s`) },
  bps: { factor: 1000, steps: [" b/s", " kb/s", " Mb/s", " Gb/s"] },
};

/** Units that are an amount of things in a time. */
const rates: Readonly<Record<string, string>> = {
  reqps: " req/s",
  ops: " ops/s",
  cps: " c/s",
  eps: " events/s",
  rps: " rd/s",
  wps: " wr/s",
  iops: " io/s",
  reqpm: " req/min",
  opm: " ops/min",
  cpm: " c/min",
};

/** Print a value in one of Grafana's units; an unknown unit is printed behind the number, as Grafana does. */
export function formatValue(value: number, unit = "none", decimals?: number | null): Formatted {
  if (!Number.isFinite(value)) return { text: nonFinite(value), suffix: "" };
  if (unit in timeUnits) return scaleTime(value * (timeUnits[unit] ?? 1), decimals);
  const scale = scales[unit];
  if (scale) return scaleBy(value, scale, decimals);
  const rate = rates[unit];
  if (rate !== undefined) return withRate(value, rate, decimals);
  if (unit === "percent") return { text: fixed(value, decimals), suffix: "%" };
  if (unit === "percentunit") return { text: fixed(value * 100, decimals), suffix: "%" };
  if (unit === "none" || unit === "string" || unit === "")
    return { text: fixed(value, decimals), suffix: "" };
  if (unit === "dateTimeAsIso" || unit === "dateTimeAsLocal") return { text: asLocal(value), suffix: "" };
  if (unit === "dateTimeFromNow") return { text: fromNow(value), suffix: "" };
  if (unit === "bool") return { text: value === 0 ? "False" : "True", suffix: "" };
  if (unit === "bool_yes_no") return { text: value === 0 ? "No" : "Yes", suffix: "" };
  if (unit === "bool_on_off") return { text: value === 0 ? "Off" : "On", suffix: "" };
  return custom(value, unit, decimals);
}

export function formatText(value: number, unit?: string, decimals?: number | null): string {
  const { text, suffix } = formatValue(value, unit, decimals);
  return text + suffix;
}

function scaleTime(seconds: number, decimals?: number | null): Formatted {
  const size = Math.abs(seconds);
  const step = timeSteps.findLast(([, unit]) => size >= unit * 0.9999) ?? timeSteps[size === 0 ? 3 : 0];
  const [label, unit] = step ?? [" s", 1];
  return { text: fixed(seconds / unit, decimals), suffix: label };
}

function scaleBy(value: number, { factor, steps, base = 0 }: Scale, decimals?: number | null): Formatted {
  let step = base;
  let scaled = value;
  while (Math.abs(scaled) >= factor && step < steps.length - 1) {
    scaled /= factor;
    step++;
  }
  return { text: fixed(scaled, decimals), suffix: steps[step] ?? "" };
}

function withRate(value: number, rate: string, decimals?: number | null): Formatted {
  const { text, suffix } = scaleBy(value, { factor: 1000, steps: ["", "K", "M", "G"] }, decimals);
  return { text: text + suffix, suffix: rate };
}

function custom(value: number, unit: string, decimals?: number | null): Formatted {
  const [kind, ...rest] = unit.split(":");
  const label = rest.join(":");
  if (kind === "prefix" || kind === "currency") return { text: label + fixed(value, decimals), suffix: "" };
  return { text: fixed(value, decimals), suffix: ` ${kind === "suffix" ? label : unit}` };
}

/** With so many decimals, or with three figures that count. */
function fixed(value: number, decimals?: number | null): string {
  if (decimals !== undefined && decimals !== null) return value.toFixed(decimals);
  const size = Math.abs(value);
  if (size === 0) return "0";
  const digits = Math.max(0, Math.min(6, 2 - Math.floor(Math.log10(size))));
  const text = value.toFixed(digits);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

function nonFinite(value: number): string {
  return Number.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
}

function asLocal(ms: number): string {
  return new Date(ms).toLocaleString("sv-SE");
}

function fromNow(ms: number): string {
  const { text, suffix } = scaleTime(Math.round(Math.abs(Date.now() - ms) / 1000), 0);
  return `${text}${suffix} ${ms <= Date.now() ? "ago" : "from now"}`;
}
