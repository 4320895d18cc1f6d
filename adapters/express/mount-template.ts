type Params = Readonly<Record<string, unknown>>;

interface Segment {
  readonly text: string;
  template: string | undefined;
}

/**
 * Turn the part of a path that a mounted router matched back into a template: `/api/acme` with
 * `{ tenant: "acme" }` is `/api/:tenant`. Express keeps no template of a mount path, only what
 * matched it. A value that can't be found in the path makes the part `/*`: a template must never
 * hold what a client chose.
 */
export function mountTemplate(part: string, params: Params): string {
  const segments: Segment[] = part
    .split("/")
    .map((segment) => ({ text: decode(segment), template: undefined }));
  const values = Object.entries(params).flatMap(([name, value]) =>
    texts(value).map((text) => ({ name, text })),
  );
  // Whole segments first: a value may also be a part of some other segment by chance.
  const rest = values.filter(({ name, text }) => !place(segments, name, text, (segment) => segment === text));
  const lost = rest.filter(
    ({ name, text }) => !place(segments, name, text, (segment) => segment.includes(text)),
  );
  if (lost.length > 0) return "/*";
  // Mount paths match in any case, so the case of the fixed segments is the client's choice as well.
  const templates = segments.map(({ text, template }) => template ?? text.toLowerCase());
  // The segments of a wildcard are as many as the client likes.
  return templates.filter((template, index) => template !== templates[index - 1]).join("/");
}

function place(segments: Segment[], name: string, text: string, fits: (segment: string) => boolean): boolean {
  const segment = segments.find((candidate) => candidate.template === undefined && fits(candidate.text));
  if (segment) segment.template = segment.text.replace(text, () => `:${name}`);
  return segment !== undefined;
}

/** The segments a parameter stands for: a wildcard's are several. */
function texts(value: unknown): string[] {
  const all = Array.isArray(value) ? value.map(String) : String(value ?? "").split("/");
  return all.filter((text) => text !== "");
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment; // Express answers such a path with 400 by itself.
  }
}
