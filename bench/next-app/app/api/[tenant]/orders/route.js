import { observe } from "../../../../lib/observe.js";
import { order } from "../../../../lib/orders.js";

export const POST = observe("/api/[tenant]/orders", async (request, { params }) => {
  const [{ tenant }, { id }] = await Promise.all([params, request.json()]);
  return Response.json(order(tenant, id), { status: 201 });
});
