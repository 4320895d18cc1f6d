import { expect, test } from "vitest";
import { selfTimes } from "../../bench/self-times.ts";

const frame = (functionName: string, url: string): Frame => ({
  functionName,
  url,
  scriptId: "0",
  lineNumber: 9,
  columnNumber: 0,
});
type Frame = Parameters<typeof selfTimes>[0]["nodes"][number]["callFrame"];

test("a sample counts for as long as it lasted, by function and by package, and idle time not at all", () => {
  const frames = [
    frame("write", "file:///app/node_modules/pino/lib/proto.js"),
    frame("write", "file:///app/node_modules/pino/lib/proto.js"),
    frame("(idle)", ""),
    frame("emit", "node:events"),
    frame("begin", "file:///app/dist/src/http/exchanges.js"),
    frame("writev", ""),
  ];
  const times = selfTimes(
    {
      nodes: frames.map((callFrame, index) => ({ id: index + 1, callFrame })),
      startTime: 0,
      endTime: 1_000,
      samples: [1, 2, 3, 4, 5, 6],
      timeDeltas: [50, 10, 20, 500, 40, 60, 0],
    },
    10,
  );
  expect(times.map(({ name, place, owner, micros }) => [name, place, owner, micros])).toEqual([
    ["write", "pino/lib/proto.js:10", "pino", 3],
    ["emit", "node:events:10", "node", 4],
    ["begin", "dist/src/http/exchanges.js:10", "taffrail", 6],
    ["writev", "", "native", 0],
  ]);
});
