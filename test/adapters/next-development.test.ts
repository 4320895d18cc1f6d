import { contractSuite } from "./contract.ts";
import { nextHarness } from "./next-host.ts";
import { nextSuite } from "./next-suite.ts";

const harness = nextHarness("next 16", { folder: ".", mode: "development", bundler: "turbopack" });
contractSuite(harness);
nextSuite(harness);
