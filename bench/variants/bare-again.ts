/** The same as bare, measured as if it were another variant: what it seems to cost is the noise of this run. */
export { instrument } from "./bare.ts";
