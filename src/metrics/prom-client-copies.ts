import { createRequire } from "node:module";
import { Registry } from "prom-client";
import type { MetricsProblem } from "./label-set-limit.ts";

const entryFile = /[\\/]node_modules[\\/]prom-client[\\/]index\.js$/;

/**
 * Says whether a second copy of prom-client is loaded: metrics that register with its global registry would
 * be missing from every scrape. A given registry of another copy works, but is the sign of two.
 */
export function findPromClientCopies(registry: Registry): MetricsProblem | undefined {
  const paths = loadedPaths().filter((path) => entryFile.test(path));
  const foreignRegistry = !(registry instanceof Registry);
  if (paths.length < 2 && !foreignRegistry) return undefined;
  return {
    name: "prom_client_copies",
    msg: "Two copies of prom-client are loaded: metrics registered with the other copy's global registry are not exposed. Run `npm ls prom-client` and dedupe",
    fields: { prom_client_paths: paths, registry_of_other_copy: foreignRegistry },
  };
}

/** prom-client is CommonJS, and so in Node's cache by path, even when it was imported. */
function loadedPaths(): string[] {
  try {
    return Object.keys(createRequire(import.meta.url).cache);
  } catch {
    // In a bundle there may be no module URL, and no second file either.
    return [];
  }
}
