import { withTaffrail } from "taffrail/next";
import { edition, kit } from "../../lib/kit.js";

export const dynamic = "force-dynamic";
export const GET = withTaffrail(kit, () => Response.json({ edition }));
