import busboy from "busboy";
import { withTaffrail } from "taffrail/next";
import { kit } from "../../lib/kit.js";

export const config = { api: { bodyParser: false } };

export default withTaffrail(
  kit,
  (req, res) =>
    new Promise((resolve) => {
      const form = busboy({ headers: req.headers });
      form.on("file", (_name, file) => file.resume());
      form.on("close", () => {
        kit.log.info("after the upload");
        res.send("ok");
        resolve();
      });
      req.pipe(form);
    }),
);
