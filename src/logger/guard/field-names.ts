import { type ContractField, events, fields } from "../../contract/fields.ts";

/** What the kit alone answers for: a user's field of such a name is always moved aside. */
const reserved: ReadonlySet<string> = new Set([
  "time",
  "level",
  "msg",
  "service_name",
  "service_version",
  "deployment_environment_name",
  "service_instance_id",
  "request_id",
  "trace_id",
  "span_id",
  "__proto__",
]);

const contract: ReadonlyMap<string, ContractField> = new Map(Object.entries(fields));

/**
 * The name under which a user's field is written. One that the kit answers for, or that would say
 * something the log contract does not allow, is kept as `user_<name>`; so is the name of one of the
 * kit's events, so that nobody can pretend a crash. On the kit's own events every contract name is the kit's.
 */
export function fieldName(key: string, value: unknown, isEvent: boolean): string {
  const field = contract.get(key);
  if (field === undefined) return key === "__proto__" ? "user___proto__" : key;
  const isTheirs = !isEvent && !reserved.has(key) && conforms(field, value) && !isKitEvent(key, value);
  return isTheirs ? key : `user_${key}`;
}

function conforms(field: ContractField, value: unknown): boolean {
  if (field.type === "string" && typeof value !== "string") return false;
  if (field.type === "number" && !Number.isFinite(value)) return false;
  if (field.type === "integer" && !Number.isInteger(value)) return false;
  if (field.type === "boolean" && typeof value !== "boolean") return false;
  if (field.type === "array") return false;
  if (field.values && !field.values.includes(String(value))) return false;
  return field.pattern === undefined || new RegExp(field.pattern).test(String(value));
}

function isKitEvent(key: string, value: unknown): boolean {
  return key === "event_name" && typeof value === "string" && Object.hasOwn(events, value);
}
