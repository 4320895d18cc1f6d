// How fast the console is in Chromium, over a real `taffrail dev`; needs Chromium.
//   npm run bench:console                  100,000 lines held: the dashboard of requests, first and again
//   npm run bench:console -- live 600      5,000 lines a second, for so many seconds, with the live tail open
import { loadavg } from "node:os";
import { measureBoard } from "./console/board.ts";
import { measureLive } from "./console/live.ts";

const [what = "board", seconds = "60"] = process.argv.slice(2);
const load = (): string => loadavg()[0]?.toFixed(1) ?? "?";
const before = load();
if (what === "board") console.log(await measureBoard());
else if (what === "live") console.log(await measureLive(Number(seconds)));
else throw new Error(`"${what}" is neither board nor live`);
console.log(`load of the machine: ${before} before, ${load()} after`);
