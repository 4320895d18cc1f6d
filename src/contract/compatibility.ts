import type { LogSchema, SchemaProperty } from "./json-schema.ts";

/**
 * List what in `next` would break a reader of `released`: a contract may only grow. A rename is two
 * releases: add the new name and move the readers, then (in the next major) remove the old.
 */
export function breakingChanges(released: LogSchema, next: LogSchema): string[] {
  const removed = released.required
    .filter((name) => !next.required.includes(name))
    .map((name) => `${name}: stood on every line, now may be absent`);
  const changed = Object.entries(released.properties).flatMap(([name, before]) => {
    const after = next.properties[name];
    return after ? changes(name, before, after) : [`${name}: removed or renamed`];
  });
  return [...removed, ...changed];
}

function changes(name: string, before: SchemaProperty, after: SchemaProperty): string[] {
  const found: string[] = [];
  if (before.type !== after.type) found.push(`${name}: type changed from ${before.type} to ${after.type}`);
  if (before.pattern !== after.pattern) found.push(`${name}: pattern changed`);
  if (before.format !== after.format) found.push(`${name}: format changed`);
  // A new value reaches readers that never heard of it, a lost one leaves their panels empty.
  if (String(before.enum) !== String(after.enum)) found.push(`${name}: allowed values changed`);
  return found;
}
