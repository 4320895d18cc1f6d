export { watchServer } from "../node/server.ts";
export { errorLogger } from "./error-logger.ts";
export { requestLogger } from "./request-logger.ts";
