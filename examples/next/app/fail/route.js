import { withTaffrail } from "taffrail/next";
import { kit } from "../../lib/kit.js";

export const dynamic = "force-dynamic";
export const GET = withTaffrail(kit, () => {
  throw new Error("no such luck", { cause: new TypeError("a reason") });
});
