import { contractSuite } from "./contract.ts";
import { nextHarness } from "./next-host.ts";

contractSuite(nextHarness("next 16", { folder: ".", mode: "production" }));
