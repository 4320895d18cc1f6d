import { expect, it } from "vitest";
import { Child } from "../support/child.ts";
import { ask } from "../support/client.ts";
import { matchesSchema } from "../support/schema.ts";

it("where Nest minds the signals, its hooks run, the last request is answered and every line is out", async () => {
  const child = new Child("nest-shutdown.mjs");
  const { port } = await child.line(({ msg }) => msg === "listening");
  const answer = ask(`http://127.0.0.1:${port}/slow`);
  await child.line(({ msg }) => msg === "under way");
  child.kill("SIGTERM");
  expect(await answer).toMatchObject({ status: 200, text: "done" });
  // Nest ends itself by the signal it got, once its hooks and the kit's are done.
  expect(await child.ended).toEqual({ code: null, signal: "SIGTERM" });
  expect(child.lines.map(({ msg }) => msg).slice(-5)).toEqual([
    "under way",
    "module destroyed",
    "GET /slow 200",
    "application shut down",
    "service stopped",
  ]);
  expect(child.lines.flatMap((line) => matchesSchema(line))).toEqual([]);
});
