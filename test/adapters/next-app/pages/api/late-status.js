import { setTimeout } from "node:timers/promises";
import { withTaffrail } from "taffrail/next";
import { kit } from "../../lib/kit.js";

export default withTaffrail(kit, async (_req, res) => {
  res.write("and so it begins\n");
  await setTimeout(1);
  res.status(500).end();
});
