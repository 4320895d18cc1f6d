import { withTaffrail } from "taffrail/next";
import { kit } from "../../../lib/kit.js";

export const GET = withTaffrail(kit, async (_request, { params }) => {
  kit.log.info("saying hello");
  const { name } = await params;
  return Response.json({ hello: name });
});
