import type { Application, Request, Response } from "express";
import { declareExchange, exchangeOf, watchRequest, watchResponse } from "../exchange.ts";
import { MountTemplates } from "./mount-templates.ts";
import { ExpressSource } from "./source.ts";

/**
 * Observe the requests of an application: Express tells a request where it is by assigning `baseUrl` and
 * `route`, and has forgotten it by the time the response ends if an error came up. So accessors catch the
 * assignments, and emits run in scope; on the application's own prototypes, once, so that a request costs
 * nothing more.
 *
 * @returns the templates of its mount paths, to be filled as requests go through them
 */
export function observeApplication(app: Application): MountTemplates {
  // Express sets them up for each application, and its types leave them out.
  const { request, response } = app as unknown as { readonly request: Observed; readonly response: Response };
  if (Object.hasOwn(request, observed)) return request[observed];
  const templates = new MountTemplates();
  Object.defineProperties(request, { [observed]: { value: templates }, ...accessors });
  declareExchange(request);
  watchRequest(request);
  watchResponse(response);
  return templates;
}

/**
 * Catch up with a request that had `baseUrl` or `route` assigned before the accessors could see it: an
 * application's first, and on Express 4 every one. Mounted below a mount path with parameters, their values are
 * all that is left to see then.
 */
export function observeRequest(req: Request): void {
  for (const name of ["baseUrl", "route"] as const) {
    if (!Object.hasOwn(req, name)) continue;
    const { [name]: value } = req;
    Object.defineProperty(req, name, accessors[name]);
    Object.assign(req, { [name]: value });
  }
}

const observed = Symbol("taffrail.observed");
type Observed = Request & { readonly [observed]: MountTemplates };

/** Where a request is in the routers, if it is watched. */
function sourceOf(req: Request): ExpressSource | undefined {
  const source = exchangeOf(req)?.source;
  return source instanceof ExpressSource ? source : undefined;
}

const accessors = {
  baseUrl: {
    configurable: true,
    get(this: Request): string | undefined {
      return sourceOf(this)?.baseUrl ?? "";
    },
    set(this: Request, baseUrl: string | undefined): void {
      const source = sourceOf(this);
      if (source) source.moveTo(baseUrl, this.params ?? {});
      // A router's first assignment comes before any middleware, and is empty.
      else if (baseUrl) shadow(this, "baseUrl", baseUrl);
    },
  },
  route: {
    configurable: true,
    get(this: Request): unknown {
      return sourceOf(this)?.matched;
    },
    set(this: Request, route: { readonly path?: unknown } | undefined): void {
      const source = sourceOf(this);
      if (source) source.match(route);
      else shadow(this, "route", route);
    },
  },
};

/** Let a request that is not watched have the property as its own, as without Taffrail. */
function shadow(req: Request, name: string, value: unknown): void {
  Object.defineProperty(req, name, { value, configurable: true, enumerable: true, writable: true });
}
