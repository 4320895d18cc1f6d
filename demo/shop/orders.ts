export interface Order {
  readonly id: number;
  readonly item: string;
  readonly cents: number;
  readonly status: "placed" | "paid";
}

const items = ["rope", "lantern", "sextant", "oilskin", "compass", "log line"] as const;
const kept = 200;

/** The orders of each tenant: what the database stand-in answers from. Only the latest are kept. */
export class Orders {
  readonly #byTenant = new Map<string, Order[]>();
  #lastId = 0;

  constructor(tenants: readonly string[]) {
    for (const tenant of tenants) {
      this.#byTenant.set(tenant, []);
      for (let count = 0; count < kept; count++) this.add(tenant, { status: "paid" });
    }
  }

  add(tenant: string, { item, status }: { readonly item?: string; readonly status: Order["status"] }): Order {
    const id = ++this.#lastId;
    const order: Order = {
      id,
      item: item ?? items[id % items.length] ?? "rope",
      cents: 500 + ((id * 37) % 9_500),
      status,
    };
    const orders = this.#byTenant.get(tenant);
    orders?.push(order);
    if (orders && orders.length > kept) orders.shift();
    return order;
  }

  find(tenant: string, id: number): Order | undefined {
    return this.#byTenant.get(tenant)?.find((order) => order.id === id);
  }

  page(tenant: string, page: number, size = 20): readonly Order[] {
    return this.#byTenant.get(tenant)?.slice((page - 1) * size, page * size) ?? [];
  }

  latestId(tenant: string): number {
    return this.#byTenant.get(tenant)?.at(-1)?.id ?? 0;
  }
}
