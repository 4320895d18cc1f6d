import type { Random } from "../random.ts";

/** One request, and how its client behaves. */
export interface Visit {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The client leaves so long after it asked, answered or not. */
  readonly leaveAfterMs?: number;
  /** The client leaves when it has seen the beginning of the answer's body. */
  readonly leaveMidBody?: true;
}

interface VisitKind {
  readonly weight: number;
  readonly visit: (random: Random) => Visit;
}

const ada = { authorization: "Bearer ada" };
const grace = { authorization: "Bearer grace" };

/** What clients do, and how often compared with each other. */
export const visitKinds: Readonly<Record<string, VisitKind>> = {
  "list-orders": { weight: 26, visit: (random) => get(`/api/acme/orders?page=${1 + whole(random, 9)}`, ada) },
  "find-order": {
    weight: 30,
    visit: (random) => get(`/api/globex/orders/${250 + whole(random, 150)}`, grace),
  },
  "place-order": { weight: 20, visit: placeOrder },
  "log-in": { weight: 5, visit: () => logIn("ada", "north") },
  "wrong-password": {
    weight: 2,
    visit: (random) => logIn(random.pick(["ada", "grace", "root"]), random.hex(8)),
  },
  "locked-account": { weight: 1, visit: () => logIn("mallory", "west") },
  "wrong-tenant": { weight: 2, visit: () => get("/api/globex/orders", ada) },
  "no-such-order": { weight: 2, visit: () => get("/api/acme/orders/999999", grace) },
  "no-such-route": { weight: 2, visit: (random) => get(`/wp-admin/${random.hex(6)}.php`) },
  "broken-body": { weight: 1, visit: () => post("/login", '{"user":') },
  export: {
    weight: 3,
    visit: (random) => get(`/export?tenant=${random.pick(["acme", "globex"])}&token=${random.hex(16)}`),
  },
  "export-left": { weight: 1.5, visit: () => ({ ...get("/export?tenant=acme"), leaveMidBody: true }) },
  report: { weight: 0.6, visit: () => get("/report?tenant=acme") },
  "report-left": {
    weight: 1.2,
    visit: (random) => ({ ...get("/report"), leaveAfterMs: 150 + whole(random, 300) }),
  },
  "watch-events": {
    weight: 0.6,
    visit: (random) => ({ ...get("/events"), leaveAfterMs: 2_000 + whole(random, 4_000) }),
  },
};

/** Choose what the next client does; factors make some kinds more frequent. */
export function nextVisit(random: Random, factors: Readonly<Record<string, number>>): Visit {
  const kinds = Object.entries(visitKinds).map(([name, kind]) => ({
    ...kind,
    weight: kind.weight * (factors[name] ?? 1),
  }));
  let at = random.next() * kinds.reduce((sum, kind) => sum + kind.weight, 0);
  const chosen = kinds.find((kind) => {
    at -= kind.weight;
    return at < 0;
  });
  return (chosen ?? random.pick(kinds)).visit(random);
}

function get(path: string, headers: Readonly<Record<string, string>> = {}): Visit {
  return { method: "GET", path, headers };
}

function post(path: string, body: string, headers: Readonly<Record<string, string>> = {}): Visit {
  return { method: "POST", path, body, headers: { ...headers, "content-type": "application/json" } };
}

function logIn(user: string, password: string): Visit {
  return post("/login", JSON.stringify({ user, password }));
}

function placeOrder(random: Random): Visit {
  // A card that ends in 0 is declined: one in twenty.
  const card = `4242-${random.hex(4)}-${random.chance(0.05) ? "0" : "1"}`;
  const item = random.pick(["rope", "lantern", "sextant", "oilskin"]);
  return post("/api/acme/orders", JSON.stringify({ item, card }), random.chance(0.5) ? ada : grace);
}

function whole(random: Random, below: number): number {
  return Math.floor(random.next() * below);
}
