import type { Entry } from "../labels/entry.ts";

/** One compiled stage: works on the entry, and says whether it stays. */
export type StageRunner = (entry: Entry) => boolean;
