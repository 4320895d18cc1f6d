export { type CapturedLog, captureLog } from "./capture-log.ts";
