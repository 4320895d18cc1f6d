export { type ContractOptions, contractOptions, type PinoHttpOptions } from "./contract-options.ts";
