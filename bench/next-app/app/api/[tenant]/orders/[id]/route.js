import { observe } from "../../../../../lib/observe.js";
import { order } from "../../../../../lib/orders.js";

export const GET = observe("/api/[tenant]/orders/[id]", async (_request, { params }) => {
  const { tenant, id } = await params;
  return Response.json(order(tenant, Number(id)));
});
