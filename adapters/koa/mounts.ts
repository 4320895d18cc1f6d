import type Koa from "koa";

/** A mount path that a request went through. */
interface Mount {
  /** The mount path with those around it; koa-mount knows no parameters in one. */
  readonly path: string;
  /** How much of the request's path is left within. */
  readonly innerLength: number;
  readonly outer: Mount | undefined;
}

/** Where a request is, and where it was when its route matched. */
interface Place {
  mountPath: string;
  mount: Mount | undefined;
  route: unknown;
  routeMount: Mount | undefined;
}

const placeKey = Symbol("taffrail.place");
type Placed = Koa.Context & { [placeKey]?: Place; mountPath?: string; _matchedRoute?: unknown };

/**
 * Observe the mounts of an application: koa-mount tells a request of one by assigning `ctx.mountPath`, takes back the
 * path when it leaves, and has nothing to show when the response ends. So an accessor catches the assignment, on the
 * application's own prototype, and a request that goes through no mount costs nothing more.
 *
 * @param ctx the request at hand, which may have gone through a mount already
 */
export function observeMounts({ context }: Koa, ctx: Koa.Context): void {
  if (Object.hasOwn(context, "mountPath")) return;
  const entered = Object.getOwnPropertyDescriptor(ctx, "mountPath")?.value as unknown;
  Object.defineProperty(context, "mountPath", {
    configurable: true,
    get(this: Placed) {
      return this[placeKey]?.mountPath;
    },
    set(this: Placed, mountPath: string) {
      enter(this, mountPath, this.path.length - mountPath.length);
    },
  });
  if (typeof entered !== "string") return;
  delete (ctx as Placed).mountPath;
  enter(ctx, entered, ctx.path.length);
}

/** The path of the mounts that a request's route matched in. */
export function mountPathOfRoute(ctx: Koa.Context): string {
  return (ctx as Placed)[placeKey]?.routeMount?.path ?? "";
}

function enter(ctx: Placed, mountPath: string, innerLength: number): void {
  ctx[placeKey] ??= placeOf(ctx);
  const place = ctx[placeKey];
  const outer = mountAt(place.mount, ctx.path);
  const path = (outer?.path ?? "") + mountPath.replace(/\/$/, "");
  // Nothing left is the root.
  place.mount = { path, innerLength: Math.max(innerLength, 1), outer };
  place.mountPath = mountPath;
}

/** Begin to note where a request's route matches. */
function placeOf(ctx: Placed): Place {
  const place: Place = {
    mountPath: "",
    mount: undefined,
    route: ctx._matchedRoute,
    routeMount: undefined,
  };
  Object.defineProperty(ctx, "_matchedRoute", {
    configurable: true,
    enumerable: true,
    get: () => place.route,
    set(route: unknown) {
      place.route = route;
      place.routeMount = mountAt(place.mount, ctx.path);
    },
  });
  return place;
}

/** The innermost mount that a path is in: one that was left has less of it. */
function mountAt(mount: Mount | undefined, path: string): Mount | undefined {
  let at = mount;
  while (at !== undefined && path.length > at.innerLength) at = at.outer;
  return at;
}
