import { register as registerTaffrail } from "taffrail/next";
import { kit } from "./lib/kit.js";

export const register = () => registerTaffrail(kit);
export { onRequestError } from "taffrail/next";
