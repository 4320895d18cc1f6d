export type { TaffrailOptions } from "./config/options.ts";
export type { LogLine } from "./contract/line.ts";
export { defaultKit } from "./default-kit.ts";
export { errorCodes, TaffrailError, type TaffrailErrorCode } from "./errors.ts";
export { createTaffrail, type Taffrail } from "./kit.ts";
