import { useEffect, useState } from "preact/hooks";
import { formatRoute, type Patch, parseRoute, patch, type Route } from "./route.ts";

export interface Navigation extends Route {
  /** Go to another page; Back returns. */
  readonly go: (path: string, parameters?: URLSearchParams | Patch) => void;
  /** Change parameters of this page. With `replace` Back does not see it: for what is typed letter by letter. */
  readonly change: (change: Patch, options?: { readonly replace?: boolean }) => void;
}

/** The route, and what changes it. */
export function useRoute(): Navigation {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const update = (): void => setHash(location.hash);
    addEventListener("hashchange", update);
    return () => removeEventListener("hashchange", update);
  }, []);
  return {
    ...parseRoute(hash),
    go: (path, parameters) => {
      location.hash = formatRoute(path, parameters);
    },
    change: (changes, options = {}) => {
      // Read afresh: two changes in one turn must not undo each other.
      const { path, parameters } = parseRoute(location.hash);
      const next = formatRoute(path, patch(parameters, changes));
      if (next === location.hash) return;
      if (options.replace !== true) location.hash = next;
      else {
        history.replaceState(null, "", next);
        setHash(next);
      }
    },
  };
}
