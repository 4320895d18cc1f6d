export type { TaffrailOptions } from "./config/options.ts";
export type { ContractFields, LogLine } from "./contract/line.ts";
export { defaultKit } from "./default-kit.ts";
export { errorCodes, TaffrailError, type TaffrailErrorCode } from "./errors.ts";
export type { Exchange, ExchangeSource } from "./http/exchange.ts";
export { createTaffrail, type Taffrail, type TaffrailLogger } from "./kit.ts";
export type { Level } from "./logger/levels.ts";
export type { Health, HealthReport } from "./ops/health.ts";
export type { OpsHandler } from "./ops/ops-handler.ts";
