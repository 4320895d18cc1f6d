export { watchServer } from "../node/server.ts";
export { errorLogger, requestLogger } from "./request-logger.ts";
