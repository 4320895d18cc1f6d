import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { withTaffrail } from "taffrail/next";
import { kit } from "../../lib/kit.js";
import { brokenOff } from "../../lib/streams.js";

/** A route handler's body that fails before its first byte would be answered with 500 by Next. */
export default withTaffrail(kit, (req, res) => {
  const isEarly = "early" in req.query;
  if (!isEarly) res.write("and so it begins\n");
  return pipeline(Readable.fromWeb(brokenOff()), res).catch(() => undefined);
});
