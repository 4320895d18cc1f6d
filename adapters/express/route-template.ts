import type { Request } from "express";
import { mountTemplate, type Params } from "./mount-template.ts";

/**
 * Follow a request through Express's routers and answer, when asked at its end, the template of the
 * route that matched.
 *
 * Express tells a request where it is by assigning `baseUrl` and `route`, and has forgotten it by the
 * time the response ends if an error came up. So the assignments are observed: by accessors on the
 * application's own request prototype, set once an application, which costs a request next to nothing.
 */
export function trackRoute(req: Request): () => string | undefined {
  observe(req);
  return () => position(req).template;
}

const key = Symbol("taffrail.position");
type Tracked = Request & { [key]?: Position };

/** A mount path as far down as the request has come, and the parameters in its last part. */
interface Mount {
  readonly template: string;
  readonly params: Params;
}

const root: Mount = { template: "", params: {} };

/** Where in the tree of routers a request is, and which route it matched last. */
class Position {
  /** As Express left it: 4 takes it away again from a request that no router answered. */
  baseUrl: string | undefined = undefined;
  route: { readonly path?: unknown } | undefined = undefined;
  template: string | undefined = undefined;
  #mount = root;
  #mounts: Map<string, Mount> | undefined = undefined;

  /** A router was entered (the base URL grew) or left (it is what it was before). */
  moveTo(baseUrl: string | undefined, params: Params): void {
    const from = this.baseUrl ?? "";
    const to = baseUrl ?? "";
    this.baseUrl = baseUrl;
    if (to === from) return;
    if (to.length > from.length) {
      this.#mounts ??= new Map();
      const template = mountTemplate(to.slice(from.length), params, this.#mount.params);
      this.#mount = { template: this.#mount.template + template, params };
      this.#mounts.set(to, this.#mount);
    } else {
      this.#mount = this.#mounts?.get(to) ?? root;
    }
  }

  match(route: { readonly path?: unknown } | undefined): void {
    this.route = route;
    this.template =
      route === undefined ? undefined : this.#mount.template + routePath(route.path, this.#mount.template);
  }
}

function routePath(path: unknown, mount: string): string {
  // An array of paths and a RegExp have one template too: themselves.
  const text = Array.isArray(path) ? path.map(String).join("|") : String(path);
  return text === "/" && mount !== "" ? "" : text;
}

function position(req: Tracked): Position {
  req[key] ??= new Position();
  return req[key];
}

function observe(req: Request): void {
  // Express sets it up for each application, and its types leave it out.
  const prototype = (req.app as unknown as { readonly request: object }).request;
  if (!(key in prototype)) {
    Object.defineProperties(prototype, { [key]: { value: undefined, writable: true }, ...accessors });
  }
  // The first request came by before the accessors did. Mounted below a mount path with parameters,
  // the middleware then sees their values only, and Express 4 has it so for every request.
  for (const name of ["baseUrl", "route"] as const) {
    if (!Object.hasOwn(req, name)) continue;
    const { [name]: value } = req;
    Reflect.deleteProperty(req, name);
    Object.assign(req, { [name]: value });
  }
}

const accessors: PropertyDescriptorMap & ThisType<Tracked> = {
  baseUrl: {
    configurable: true,
    get() {
      return position(this).baseUrl;
    },
    set(baseUrl: string | undefined) {
      position(this).moveTo(baseUrl, this.params ?? {});
    },
  },
  route: {
    configurable: true,
    get() {
      return position(this).route;
    },
    set(route: { readonly path?: unknown } | undefined) {
      position(this).match(route);
    },
  },
};
