/** What the address bar holds after `#`: a path, and parameters that may come several times. */
export interface Route {
  readonly path: string;
  readonly parameters: URLSearchParams;
}

/** Values to set; undefined or an empty list removes one. */
export type Patch = Readonly<Record<string, string | readonly string[] | undefined>>;

export function parseRoute(hash: string): Route {
  const bare = hash.replace(/^#/, "");
  const mark = bare.indexOf("?");
  const path = mark < 0 ? bare : bare.slice(0, mark);
  return {
    path: path === "" ? "/" : path,
    parameters: new URLSearchParams(mark < 0 ? "" : bare.slice(mark + 1)),
  };
}

export function formatRoute(path: string, parameters: URLSearchParams | Patch = {}): string {
  const query = String(
    parameters instanceof URLSearchParams ? parameters : patch(new URLSearchParams(), parameters),
  );
  return `#${path}${query === "" ? "" : `?${query}`}`;
}

export function patch(parameters: URLSearchParams, change: Patch): URLSearchParams {
  const changed = new URLSearchParams(parameters);
  for (const [key, value] of Object.entries(change)) {
    changed.delete(key);
    for (const item of value === undefined ? [] : [value].flat()) changed.append(key, item);
  }
  return changed;
}

/** Where a link of a dashboard leads inside the console: Grafana's `/d/uid/slug?…` and `/explore` have a page here. */
export function routeOfLink(url: string): string | undefined {
  const found = /^(?:https?:\/\/[^/]+)?\/d\/([^/?#]+)(?:\/[^?#]*)?(\?[^#]*)?$/.exec(url);
  return found ? `#/d/${found[1]}${found[2] ?? ""}` : undefined;
}
