export { onRequestError, register } from "./instrumentation.ts";
export { sharedKit } from "./shared-kit.ts";
export { type WithTaffrailOptions, withTaffrail } from "./with-taffrail.ts";
