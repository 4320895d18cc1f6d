import { createTaffrail } from "taffrail";
import { sharedKit } from "taffrail/next";

export const kit = sharedKit(() => createTaffrail({ serviceName: "next-app" }));

/** A test of hot reload writes another one in its place. */
export const edition = 1;
