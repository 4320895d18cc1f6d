/** No application mounts so many routers at so many different paths. */
const maxTemplates = 200;

/**
 * The templates of an application's mount paths. A mount path given as a regular expression shows nothing but what
 * the client asked for: past a number that no application has by itself, a new one is `/*`.
 */
export class MountTemplates {
  readonly #known = new Set<string>();

  admit(template: string): string {
    if (this.#known.has(template)) return template;
    if (this.#known.size >= maxTemplates) return "/*";
    this.#known.add(template);
    return template;
  }
}
