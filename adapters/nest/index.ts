export { watchServer } from "../node/server.ts";
export { nestLogger } from "./logger.ts";
export { TAFFRAIL, TaffrailModule } from "./module.ts";
