import type { PushStream, PushValue } from "../../logql/index.ts";

/** A value of OTLP, read from JSON or protobuf. */
export type OtlpValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | readonly OtlpValue[]
  | { readonly [key: string]: OtlpValue };

export type OtlpAttributes = Readonly<Record<string, OtlpValue>>;

/** The log records of one scope of one resource. */
export interface OtlpScope {
  readonly resource: OtlpAttributes;
  readonly name: string;
  readonly version: string;
  readonly attributes: OtlpAttributes;
  readonly records: readonly OtlpRecord[];
}

export interface OtlpRecord {
  /** Nanoseconds; 0 where it is not known. */
  readonly time: bigint;
  readonly observed: bigint;
  readonly severityNumber: number;
  readonly severityText: string;
  readonly body: OtlpValue;
  readonly attributes: OtlpAttributes;
  readonly flags: number;
  readonly traceId: string;
  readonly spanId: string;
}

// The resource attributes that Loki makes labels of by default; all others become structured metadata.
const labelled: ReadonlySet<string> = new Set([
  "cloud.availability_zone",
  "cloud.region",
  "container.name",
  "deployment.environment",
  "deployment.environment.name",
  "k8s.cluster.name",
  "k8s.container.name",
  "k8s.cronjob.name",
  "k8s.daemonset.name",
  "k8s.deployment.name",
  "k8s.job.name",
  "k8s.namespace.name",
  "k8s.pod.name",
  "k8s.replicaset.name",
  "k8s.statefulset.name",
  "service.instance.id",
  "service.name",
  "service.namespace",
]);

/** Turn log records into Loki's streams, as Loki itself does. `nowNs` is the time of a record without one. */
export function otlpStreams(scopes: readonly OtlpScope[], nowNs: bigint): PushStream[] {
  return scopes.map((scope) => {
    const [stream, shared]: Record<string, string>[] = [{}, {}];
    for (const [name, value] of Object.entries(scope.resource))
      flatten(name, value, (labelled.has(name) ? stream : shared) ?? {});
    flattenAll(scope.attributes, shared ?? {});
    if (scope.name !== "") Object.assign(shared ?? {}, { scope_name: scope.name });
    if (scope.version !== "") Object.assign(shared ?? {}, { scope_version: scope.version });
    return {
      stream: stream ?? {},
      values: scope.records.map((record) => entryOf(record, shared ?? {}, nowNs)),
    };
  });
}

function entryOf(record: OtlpRecord, shared: Readonly<Record<string, string>>, nowNs: bigint): PushValue {
  const metadata: Record<string, string> = { ...shared };
  flattenAll(record.attributes, metadata);
  const { observed, severityNumber, severityText, flags, traceId, spanId } = record;
  if (observed !== 0n) metadata["observed_timestamp"] = String(observed);
  if (severityNumber !== 0) metadata["severity_number"] = String(severityNumber);
  if (severityText !== "") metadata["severity_text"] = severityText;
  if (flags !== 0) metadata["flags"] = String(flags);
  if (traceId !== "") metadata["trace_id"] = traceId;
  if (spanId !== "") metadata["span_id"] = spanId;
  return [record.time || observed || nowNs, textOf(record.body), metadata];
}

function flattenAll(attributes: OtlpAttributes, into: Record<string, string>): void {
  for (const [name, value] of Object.entries(attributes)) flatten(name, value, into);
}

function flatten(name: string, value: OtlpValue, into: Record<string, string>): void {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    into[labelName(name)] = textOf(value);
    return;
  }
  for (const [key, inner] of Object.entries(value)) flatten(`${name}_${key}`, inner, into);
}

function labelName(name: string): string {
  const clean = name.replace(/[^a-zA-Z0-9_]/g, "_");
  return /^[0-9]/.test(clean) ? `key_${clean}` : clean;
}

function textOf(value: OtlpValue): string {
  if (value === null) return "";
  if (typeof value !== "object") return String(value);
  return JSON.stringify(value, (_, inner: unknown) => (typeof inner === "bigint" ? Number(inner) : inner));
}
