import { isMap, TemplateRunError, type TemplateValue } from "./values.ts";

/**
 * Follow the fields of `.a.b`. A missing key of the labels is "", and of decoded JSON nil: the labels are a map of
 * strings in Go.
 */
export function chain(start: TemplateValue, names: readonly string[]): TemplateValue {
  // What fromJson could not read has no fields, and that is no error.
  if (start === null) return null;
  return names.reduce<TemplateValue>((value, name) => {
    if (value === null) throw new TemplateRunError(`nil pointer evaluating interface {}.${name}`);
    if (!isMap(value)) throw new TemplateRunError(`can't evaluate field ${name} in type ${typeof value}`);
    return value.get(name) ?? null;
  }, start);
}
