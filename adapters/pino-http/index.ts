export { errorLogger } from "../node/express/error-logger.ts";
export { watchServer } from "../node/server.ts";
export { type ContractSettings, contractOptions } from "./contract-options.ts";
