import { withTaffrail } from "taffrail/next";
import { kit } from "../../lib/kit.js";

export default withTaffrail(kit, (req, res) => {
  if (req.method === "OPTIONS") return res.end();
  return new Promise((resolve) => {
    res.on("close", () => {
      kit.log.info("in close of an abort");
      resolve();
    });
  });
});
