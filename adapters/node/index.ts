export { type NodeExchange, type NodeHandler, requestLogger } from "./request-logger.ts";
export { watchServer } from "./server.ts";
