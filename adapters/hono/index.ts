export { watchServer } from "../node/server.ts";
export { requestLogger } from "./request-logger.ts";
