/** A sample of a Prometheus exposition. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Read a service's metrics as a Prometheus server would. */
export async function scrape(opsUrl: string): Promise<Sample[]> {
  const response = await fetch(`${opsUrl}/metrics`, { headers: { accept: "text/plain;version=0.0.4" } });
  return parseExposition(await response.text());
}

const sampleLine = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/;
const label = /(\w+)="((?:[^"\\]|\\.)*)"/g;

/** @see https://prometheus.io/docs/instrumenting/exposition_formats/ */
export function parseExposition(text: string): Sample[] {
  return text.split("\n").flatMap((line) => {
    const [, name, labels = "", value] = sampleLine.exec(line) ?? [];
    return name === undefined ? [] : [{ name, labels: parseLabels(labels), value: parseValue(value) }];
  });
}

/** Add up the samples of a name whose labels are these. */
export function sum(
  samples: readonly Sample[],
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number {
  return samples
    .filter(
      (sample) =>
        sample.name === name && Object.entries(labels).every(([key, value]) => sample.labels[key] === value),
    )
    .reduce((total, sample) => total + sample.value, 0);
}

/** A number as Prometheus writes it. */
export function parseValue(text = ""): number {
  return Number(text.replace("Inf", "Infinity"));
}

function parseLabels(text: string): Record<string, string> {
  const escapes: Readonly<Record<string, string>> = { n: "\n", '"': '"', "\\": "\\" };
  const unescaped = (value: string): string =>
    value.replace(/\\(.)/g, (whole, code: string) => escapes[code] ?? whole);
  return Object.fromEntries(
    [...text.matchAll(label)].map(([, name = "", value = ""]) => [name, unescaped(value)]),
  );
}
