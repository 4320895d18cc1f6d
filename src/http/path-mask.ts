import { mask, type Redaction } from "../logger/redaction/redaction.ts";

/** A path as it may be logged, given the route's template where one matched. */
export type MaskPath = (path: string, route: string | undefined) => string;

/** What a template says of a path's segments: literal text, a parameter that is shown, one that is masked. */
type Segment = { readonly literal: string } | "shown" | "secret";

/** Routes are the program's, and few; the bound is for programs that make them up as they go. */
const maxTemplates = 1_000;

/**
 * Create the function that masks the path segments which a route names as secret (`/reset/:token`), those of
 * templates given by the user, and what in any path gives itself away as a secret. A template with secrets is
 * remembered once it matched, for the lines that are written before a route is known.
 *
 * @param templates paths all of whose parameters are masked
 */
export function createPathMask(redaction: Redaction, templates: readonly string[]): MaskPath {
  const known = new Map<string, readonly Segment[]>();
  const withSecrets = templates.map((template) => parseTemplate(template, () => true));

  function secretsOf(route: string): readonly Segment[] {
    const before = known.get(route);
    if (before) return before;
    const segments = parseTemplate(route, redaction.isSecret);
    const found = segments.includes("secret") ? segments : none;
    if (known.size < maxTemplates) {
      known.set(route, found);
      if (found !== none) withSecrets.push(found);
    }
    return found;
  }

  return (path, route) => {
    const segments = route === undefined ? none : secretsOf(route);
    if (segments !== none) return redaction.scrub(maskSegments(path, segments));
    const candidate = withSecrets.find((template) => matches(path, template));
    return redaction.scrub(candidate ? maskSegments(path, candidate) : path);
  };
}

/** A template without secrets. */
const none: readonly Segment[] = [];

function parseTemplate(template: string, isSecret: (name: string) => boolean): readonly Segment[] {
  return template.split("/").map((segment) => {
    // `:token` of Express, Fastify, Koa and Hono; `[token]` of Next.
    const name = /^(?::|\[)([A-Za-z0-9_-]+)/.exec(segment)?.[1];
    if (name === undefined) return { literal: segment };
    return isSecret(name) ? "secret" : "shown";
  });
}

function matches(path: string, template: readonly Segment[]): boolean {
  const parts = path.split("/");
  return (
    parts.length === template.length &&
    template.every((segment, index) => typeof segment === "string" || segment.literal === parts[index])
  );
}

function maskSegments(path: string, template: readonly Segment[]): string {
  const parts = path.split("/");
  // With optional parts or wildcards the places don't line up: then all from the first secret on is masked.
  const lines = parts.length === template.length;
  const first = template.indexOf("secret");
  return parts
    .map((part, index) => ((lines ? template[index] === "secret" : index >= first) ? mask : part))
    .join("/");
}
