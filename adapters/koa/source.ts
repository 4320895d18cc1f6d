import type { Context } from "koa";
import { NodeSource } from "../node/source.ts";
import { mountPathOfRoute } from "./mounts.ts";

/** What @koa/router leaves on the context; its types keep the underscored part to themselves. */
interface Routed {
  /** The path of the layer that was entered last, with the prefixes of the routers around it. */
  readonly _matchedRoute?: string | RegExp;
  /** The layers whose path matched; those without methods are middleware. */
  readonly matched?: readonly { readonly path: string | RegExp; readonly methods: readonly string[] }[];
}

/** A Koa request and response as the kit sees them. */
export class KoaSource extends NodeSource {
  readonly #ctx: Context;

  constructor(ctx: Context) {
    super(ctx.req, ctx.res, ctx.originalUrl);
    this.#ctx = ctx;
  }

  override route(): string | undefined {
    const { _matchedRoute: path, matched = [] } = this.#ctx as Routed;
    if (path === undefined) return undefined;
    const isRoute = matched.some((layer) => layer.path === path && layer.methods.length > 0);
    if (!isRoute) return undefined;
    const mountPath = mountPathOfRoute(this.#ctx);
    return path === "/" && mountPath !== "" ? mountPath : mountPath + String(path);
  }

  protected override forwardedAddress(): string | undefined {
    return this.#ctx.app.proxy ? this.#ctx.ip : undefined;
  }
}
