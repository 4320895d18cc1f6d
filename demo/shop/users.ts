import { type RequestHandler, Router } from "express";
import type { Taffrail } from "taffrail";
import { HttpError } from "./http-error.ts";

interface User {
  readonly password: string;
  readonly tenants: readonly string[];
  readonly locked?: boolean;
}

const users: Readonly<Record<string, User>> = {
  ada: { password: "north", tenants: ["acme"] },
  grace: { password: "south", tenants: ["acme", "globex"] },
  mallory: { password: "west", tenants: [], locked: true },
};

export const tenants: readonly string[] = ["acme", "globex"];

/** `POST /login`: 401 for a wrong password, 403 for a user who is locked out. */
export function loginRouter(kit: Taffrail): Router {
  const router = Router();
  router.post("/login", (req, res) => {
    const { user, password } = Object(req.body) as { user?: unknown; password?: unknown };
    const known = typeof user === "string" ? users[user] : undefined;
    if (known === undefined || known.password !== password)
      throw new HttpError(401, "wrong user or password");
    kit.addFields({ user_id: user });
    if (known.locked) throw new HttpError(403, "this account is locked");
    kit.log.info("logged in");
    // A real shop would answer a token; the demo's is the user's name.
    res.json({ token: user });
  });
  return router;
}

/** Let only those in who may see the tenant in the path: 401 for nobody, 403 for the wrong one. */
export function requireTenant(kit: Taffrail): RequestHandler {
  return (req, _res, next) => {
    const name = /^Bearer (\w+)$/.exec(req.headers.authorization ?? "")?.[1] ?? "";
    const user = users[name];
    if (user === undefined) throw new HttpError(401, "log in first");
    const tenant = String(req.params["tenant"]);
    kit.addFields({ user_id: name, tenant });
    if (!user.tenants.includes(tenant)) throw new HttpError(403, `${name} has no access to this tenant`);
    next();
  };
}
