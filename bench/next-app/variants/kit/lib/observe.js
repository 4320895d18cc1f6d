import { withTaffrail } from "taffrail/next";
import { kit } from "./kit.js";

export const observe = (_route, handler) => withTaffrail(kit, handler);
