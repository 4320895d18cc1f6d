export interface NewOrder {
  readonly id: number;
  readonly lines: readonly OrderLine[];
}

export interface OrderLine {
  readonly sku: string;
  readonly quantity: number;
  readonly price_cents: number;
}

export interface Order extends NewOrder {
  readonly tenant: string;
  readonly status: string;
  readonly total_cents: number;
}

/** Compute an order from its id alone, so that server and client agree on every byte of the answer. */
export function order(tenant: string, id: number): Order {
  const lines = newOrder(id).lines;
  const total = lines.reduce((sum, line) => sum + line.quantity * line.price_cents, 0);
  return { id, tenant, status: "paid", total_cents: total, lines };
}

/** The order a client asks to be created. */
export function newOrder(id: number): NewOrder {
  return {
    id,
    lines: [
      { sku: `rope-${id % 7}`, quantity: 1 + (id % 3), price_cents: 1250 },
      { sku: `shackle-${id % 5}`, quantity: 4, price_cents: 399 },
      { sku: "fender", quantity: 2, price_cents: 2899 },
    ],
  };
}
