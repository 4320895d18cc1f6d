import { once } from "node:events";
import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { LineDrain } from "../../bench/line-drain.ts";

test("counts lines and bytes however the chunks are cut", async () => {
  const stream = new PassThrough();
  const drain = new LineDrain(stream);
  for (const chunk of ["fir", "st\nsec", "ond\n", "third\n", "unfinished"]) stream.write(chunk);
  stream.end();
  await once(stream, "end");
  expect(drain.lines).toBe(3);
  expect(drain.bytes).toBe(29);
});

test("a sampled line is whole even when it came in pieces", async () => {
  const stream = new PassThrough();
  const drain = new LineDrain(stream);
  for (const chunk of ['{"a"', ":1", "}\nnext\n"]) stream.write(chunk);
  await drain.reaches(2, 1_000);
  expect(drain.takeSamples()).toEqual(['{"a":1}']);
  expect(drain.takeSamples()).toEqual([]);
});

test("waits for lines that are still to come, and says which did not", async () => {
  const stream = new PassThrough();
  const drain = new LineDrain(stream);
  const reached = drain.reaches(1, 1_000);
  stream.write("here\n");
  await reached;
  await expect(drain.reaches(2, 1)).rejects.toThrow("1 of 2 lines came in 1 ms");
});
