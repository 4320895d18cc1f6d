import { setTimeout } from "node:timers/promises";
import { withTaffrail } from "taffrail/next";
import { kit } from "../../lib/kit.js";

export default withTaffrail(kit, async (_req, res) => {
  kit.log.info("at once");
  await setTimeout(2);
  kit.log.info("after a timer");
  res.on("finish", () => kit.log.info("in finish"));
  res.on("close", () => kit.log.info("in close"));
  res.send("ok");
});
