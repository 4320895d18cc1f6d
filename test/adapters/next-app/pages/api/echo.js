import { withTaffrail } from "taffrail/next";
import { kit } from "../../lib/kit.js";

/** A route handler's answer has no declared length: Next sends all of them in chunks. */
export default withTaffrail(kit, (req, res) => {
  kit.log.info("after the body");
  res.json(req.body);
});
