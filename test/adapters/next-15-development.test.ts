import { contractSuite } from "./contract.ts";
import { nextHarness } from "./next-host.ts";
import { nextSuite } from "./next-suite.ts";

const harness = nextHarness("next 15", { folder: "test/hosts/next-15", mode: "development" });
contractSuite(harness);
nextSuite(harness);
