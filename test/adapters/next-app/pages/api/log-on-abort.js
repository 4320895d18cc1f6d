import { withTaffrail } from "taffrail/next";
import { kit } from "../../lib/kit.js";

export default withTaffrail(
  kit,
  (_req, res) =>
    new Promise((resolve) => {
      res.on("close", () => {
        kit.log.info("in close of an abort");
        resolve();
      });
    }),
);
