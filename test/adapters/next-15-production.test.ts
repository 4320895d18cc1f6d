import { contractSuite } from "./contract.ts";
import { nextHarness } from "./next-host.ts";

contractSuite(nextHarness("next 15", { folder: "test/hosts/next-15", mode: "production" }));
