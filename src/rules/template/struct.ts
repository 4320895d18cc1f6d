import { GoTemplateError, type TemplateValue } from "../../logql/index.ts";

/** A Go struct as templates see it: asking for a field it lacks is an error, where a map would give nothing. */
export class Struct extends Map<string, TemplateValue> {
  override get(name: string): TemplateValue {
    const value = super.get(name);
    if (value === undefined) throw new GoTemplateError(`can't evaluate field ${name}`);
    return value;
  }
}
