import type { TemplateValue } from "./values.ts";

/** The variables of a template, innermost first. */
export class Scope {
  readonly #outer: Scope | undefined;
  readonly #own: Map<string, TemplateValue>;

  constructor(outer: Scope | undefined, own: Iterable<readonly [string, TemplateValue]> = []) {
    this.#outer = outer;
    this.#own = new Map(own);
  }

  get(name: string): TemplateValue {
    return this.#own.has(name) ? (this.#own.get(name) ?? null) : (this.#outer?.get(name) ?? null);
  }

  declare(name: string, value: TemplateValue): void {
    this.#own.set(name, value);
  }

  assign(name: string, value: TemplateValue): void {
    if (this.#own.has(name) || !this.#outer) this.#own.set(name, value);
    else this.#outer.assign(name, value);
  }
}
