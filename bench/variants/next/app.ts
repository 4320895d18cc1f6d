import { createServer, type RequestListener } from "node:http";
import { createRequire } from "node:module";
import { nextFolder } from "../../next-build.ts";
import type { ServedVariant } from "../../served-variant.ts";

/** What is used of Next here: its own types would narrow NODE_ENV for all of the repository. */
type CreateNext = (options: { readonly dev: boolean; readonly dir: string }) => {
  prepare(): Promise<void>;
  getRequestHandler(): RequestListener;
};
const next = createRequire(import.meta.url)("next") as CreateNext;

/** The routes that every framework serves, on Next: a variant of its application as `next build` left it. */
export async function serveNext(variant: string, metrics?: ServedVariant["metrics"]): Promise<ServedVariant> {
  const app = next({ dev: false, dir: nextFolder(variant) });
  await app.prepare();
  return { server: createServer(app.getRequestHandler()), metrics };
}
