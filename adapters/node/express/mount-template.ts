/** A request's parameters, as Express has them. */
export type Params = Readonly<Record<string, unknown>>;

/**
 * Turn the part of a path that a mounted router matched back into a template: `/api/acme` with
 * `{ tenant: "acme" }` is `/api/:tenant`. Express keeps no template of a mount path, only what
 * matched it. A value that can't be found in the path makes the part `/*`: a template must never
 * hold what a client chose.
 *
 * @param inherited the parameters of the mount path around it: a router that merges its parent's
 * parameters has them too, and their values need not be in this part
 */
export function mountTemplate(part: string, params: Params, inherited: Params = {}): string {
  return plainTemplate(part, params) ?? carefulTemplate(part, params, inherited);
}

/** The template where there is at most one parameter and it is the last segment: most mount paths, without ceremony. */
function plainTemplate(part: string, params: Params): string | undefined {
  let only: string | undefined;
  for (const name in params) {
    if (only !== undefined) return undefined;
    only = name;
  }
  // Mount paths match in any case, so the case of the fixed segments is the client's choice as well.
  if (only === undefined) return part.toLowerCase();
  const slash = part.lastIndexOf("/");
  return part.slice(slash + 1) === params[only]
    ? `${part.slice(0, slash).toLowerCase()}/:${only}`
    : undefined;
}

type Param = readonly [name: string, value: unknown];

interface Segment {
  readonly text: string;
  template: string | undefined;
}

function carefulTemplate(part: string, params: Params, inherited: Params): string {
  const segments: Segment[] = part
    .split("/")
    .map((segment) => ({ text: decode(segment), template: undefined }));
  const values = Object.entries(params).reverse();
  const isInherited = ([name, value]: Param): boolean => inherited[name] === value;
  const own = values.filter((param) => !isInherited(param));
  if (!placeAll(segments, own)) return "/*";
  // One of the same name and value as the parent's may yet be this part's own.
  for (const param of values.filter(isInherited)) place(segments, param, isWhole);
  const templates = segments.map(({ text, template }) => template ?? text.toLowerCase());
  // The segments of a wildcard are as many as the client likes.
  return templates.filter((template, index) => template !== templates[index - 1]).join("/");
}

/**
 * Whole values first, then the segments of wildcards, then values that are part of a segment (`/v:major`).
 * From the end: where a value equals a fixed segment by chance, the fixed one mostly stands before it.
 */
function placeAll(segments: Segment[], params: readonly Param[]): boolean {
  const unplaced = params.filter((param) => !place(segments, param, isWhole));
  const texts = unplaced.flatMap(([name, value]) => segmentsOf(value).map((text) => [name, text] as const));
  const inner = texts.filter((param) => !place(segments, param, isWhole));
  return inner.every((param) => [isEnd, isStart, isPart].some((fits) => place(segments, param, fits)));
}

const isWhole = (segment: string, text: string): boolean => segment === text;
const isEnd = (segment: string, text: string): boolean => segment.endsWith(text);
const isStart = (segment: string, text: string): boolean => segment.startsWith(text);
const isPart = (segment: string, text: string): boolean => segment.includes(text);

function place(segments: Segment[], [name, value]: Param, fits: typeof isWhole): boolean {
  const text = String(value ?? "");
  if (text === "") return true;
  const segment = segments.findLast(
    (candidate) => candidate.template === undefined && fits(candidate.text, text),
  );
  if (segment) segment.template = segment.text.replace(text, () => `:${name}`);
  return segment !== undefined;
}

/** The segments that a wildcard's value stands for, last first. */
function segmentsOf(value: unknown): string[] {
  const all = Array.isArray(value) ? value.map(String) : String(value ?? "").split("/");
  return all.filter((text) => text !== "").reverse();
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment; // Express answers such a path with 400 by itself.
  }
}
