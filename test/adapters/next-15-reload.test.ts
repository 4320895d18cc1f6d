import { nextHarness } from "./next-host.ts";
import { hotReloadSuite } from "./next-hot-reload.ts";

hotReloadSuite(nextHarness("next 15", { folder: "test/hosts/next-15", mode: "development", copy: "reload" }));
