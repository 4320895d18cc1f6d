export { type TaffrailPluginOptions, taffrail } from "./plugin.ts";
