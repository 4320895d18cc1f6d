import type { Context } from "hono";
import { matchedRoutes } from "hono/route";

/**
 * The template of the route that answered: the handler entered last. Middleware is a route to Hono as well, of every
 * method and told from a handler by taking `next`; where it answered, no route did.
 */
export function matchedRoute(c: Context): string | undefined {
  const route = matchedRoutes(c)[c.req.routeIndex];
  if (route === undefined) return undefined;
  return route.method !== "ALL" || route.handler.length < 2 ? route.path : undefined;
}
