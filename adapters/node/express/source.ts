import type { Application, Request, Response } from "express";
import { NodeSource } from "../source.ts";
import { mountTemplate, type Params } from "./mount-template.ts";
import type { MountTemplates } from "./mount-templates.ts";

/** A mount path that the request went through. */
interface Mount {
  readonly baseUrl: string;
  readonly template: string;
  readonly params: Params;
  readonly outer: Mount | undefined;
}

interface Route {
  readonly path?: unknown;
}

/** An Express request and response as the kit sees them, with the request's way through the routers. */
export class ExpressSource extends NodeSource {
  /** What `req.baseUrl` and `req.route` are; Express reads them back. */
  baseUrl: string | undefined = undefined;
  matched: Route | undefined = undefined;
  readonly #req: Request;
  readonly #app: Application;
  readonly #known: MountTemplates;
  #mount: Mount | undefined = undefined;
  #template: string | undefined = undefined;
  #middlewarePath: unknown = undefined;

  /** @param known the templates of the application's mount paths so far */
  constructor(
    req: Request,
    res: Response,
    { app, known }: { readonly app: Application; readonly known: MountTemplates },
  ) {
    super(req, res, req.originalUrl);
    this.#req = req;
    this.#app = app;
    this.#known = known;
  }

  /** A router was entered (the base URL grew) or left (it is what it was before). */
  moveTo(baseUrl: string | undefined, params: Params): void {
    this.baseUrl = baseUrl;
    const to = baseUrl ?? "";
    while (this.#mount !== undefined && this.#mount.baseUrl.length > to.length)
      this.#mount = this.#mount.outer;
    const from = this.#mount?.baseUrl ?? "";
    if (to.length === from.length) return;
    const outer = this.#mount;
    const template =
      (outer?.template ?? "") +
      this.#known.admit(mountTemplate(to.slice(from.length), params, outer?.params));
    this.#mount = { baseUrl: to, template, params, outer };
  }

  /** Take routes of the path of the one at hand for middleware: Nest mounts it so, and such a route answers nothing. */
  disregardRoute(): void {
    this.#middlewarePath = this.matched?.path;
    this.#template = undefined;
  }

  /** A route matched. Kept as a template at once: when the response ends, Express has forgotten where it was. */
  match(route: Route | undefined): void {
    this.matched = route;
    const isRoute = route !== undefined && route.path !== this.#middlewarePath;
    this.#template = isRoute ? templateOf(route.path, this.#mount?.template ?? "") : undefined;
  }

  override route(): string | undefined {
    return this.#template;
  }

  protected override forwardedAddress(): string | undefined {
    // Without trusted proxies, which is the default, Express would only look in vain.
    return this.#app.get("trust proxy") ? this.#req.ip : undefined;
  }
}

function templateOf(path: unknown, mount: string): string {
  // An array of paths and a RegExp have one template too: themselves.
  const text = Array.isArray(path) ? path.map(String).join("|") : String(path);
  return text === "/" && mount !== "" ? mount : mount + text;
}
