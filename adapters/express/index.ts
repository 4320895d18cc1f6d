export { errorLogger } from "../node/express/error-logger.ts";
export { watchServer } from "../node/server.ts";
export { requestLogger } from "./request-logger.ts";
