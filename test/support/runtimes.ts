/** Bun, as its npm package brings it. */
export const bun = ["node_modules/.bin/bun"] as const;

/** Deno, as its npm package brings it. */
export const deno = ["node_modules/.bin/deno", "run", "--allow-all", "--quiet"] as const;
