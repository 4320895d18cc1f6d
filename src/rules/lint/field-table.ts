import { type ContractField, fields } from "../../contract/fields.ts";

export type FieldType = ContractField["type"] | "unknown";

/** The fields that a rule may name: those of the log contract, and those a user declares. */
export class FieldTable {
  readonly #types: Map<string, FieldType>;

  constructor(own: ReadonlyMap<string, FieldType> = new Map()) {
    const contract = Object.entries(fields).map(([name, { type }]): [string, FieldType] => [name, type]);
    const collector = collectorLabels.map((name): [string, FieldType] => [name, "string"]);
    this.#types = new Map([...collector, ...contract, ...own]);
  }

  typeOf(name: string): FieldType | undefined {
    return this.#types.get(name.replace(/_extracted$/, ""));
  }

  /** The known name that is most like this one. */
  nearest(name: string): string | undefined {
    const distances = [...this.#types.keys()].map((known) => ({
      known,
      distance: editDistance(name, known),
    }));
    distances.sort((a, b) => a.distance - b.distance);
    const [best] = distances;
    return best && best.distance <= Math.max(2, name.length / 3) ? best.known : undefined;
  }
}

// Labels that collectors put on streams, and Loki itself.
const collectorLabels = [
  "app",
  "cluster",
  "container",
  "detected_level",
  "filename",
  "host",
  "instance",
  "job",
  "k8s_namespace_name",
  "k8s_pod_name",
  "namespace",
  "node",
  "pod",
  "stream",
];

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
