export { remoteBackend } from "./remote/remote-backend.ts";
export { answerFromStore } from "./server/api-handler.ts";
export {
  type LogServer,
  type LogServerOptions,
  type RequestHandler,
  startLogServer,
} from "./server/log-server.ts";
export { localBackend } from "./thread/local-backend.ts";
export { StoreHost, type StoreOptions } from "./thread/store-host.ts";
export { StoreThread } from "./thread/store-thread.ts";
