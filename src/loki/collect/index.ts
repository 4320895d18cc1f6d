// What a line says of itself, for those who read lines without a store.
export { parseRecord } from "./line-record.ts";
export { recordLevel } from "./record-level.ts";
export { recordService } from "./record-service.ts";
