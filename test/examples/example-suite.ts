import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Child, type ChildOptions } from "../support/child.ts";
import { ask } from "../support/client.ts";
import { until } from "../support/poll.ts";
import { matchesSchema } from "../support/schema.ts";

interface ExampleOptions extends Pick<ChildOptions, "runtime"> {
  /** @default "server.mjs" */
  readonly program?: string;
  /** How it is started where it is no program by itself. */
  readonly start?: () => Promise<StartedExample>;
}

export interface StartedExample {
  readonly example: Child;
  readonly url: string;
}

/** What every framework's example does, started and asked as its README says. */
export function exampleSuite(
  framework: string,
  {
    program = "server.mjs",
    runtime,
    start = () => startProgram(framework, program, runtime),
  }: ExampleOptions = {},
): void {
  describe(`the ${framework} example, ${program}`, () => {
    let example: Child;
    let url: string;
    let opsUrl: string;

    beforeAll(async () => {
      ({ example, url } = await start());
      const ops = await example.line(({ event_name }) => event_name === "ops.listen");
      opsUrl = `http://127.0.0.1:${ops.server_port}`;
    });
    afterAll(() => example.kill("SIGKILL"));

    it("answers, with one completion line that shares its id with the application's own", async () => {
      const answer = await ask(`${url}/hello/ada`);
      expect(answer).toMatchObject({ status: 200, text: '{"hello":"ada"}' });
      const id = answer.headers["x-request-id"];
      const completion = await example.line(
        ({ event_name, request_id }) => event_name === "http.server.request" && request_id === id,
      );
      expect(completion).toMatchObject({
        service_name: "hello",
        level: "info",
        http_route: "/hello/:name",
        http_response_status_code: 200,
        outcome: "ok",
      });
      const messages = example.lines.filter(({ request_id }) => request_id === id).map(({ msg }) => msg);
      expect(messages).toEqual(["saying hello", "GET /hello/:name 200"]);
    });

    it("logs what was thrown, with its cause", async () => {
      const { status } = await ask(`${url}/fail`);
      expect(status).toBe(500);
      expect(await example.line(({ http_route }) => http_route === "/fail")).toMatchObject({
        level: "error",
        outcome: "server_error",
        exception_message: "no such luck",
        exception_causes: [{ exception_type: "TypeError", exception_message: "a reason" }],
      });
    });

    it("counts its requests on the operations server, not on its own", async () => {
      const metrics = await until(
        async () => (await ask(`${opsUrl}/metrics`)).text,
        (text) => text.includes('http_route="/hello/:name"'),
      );
      expect(metrics).toMatch(
        /http_server_request_duration_seconds_count\{[^}]*http_route="\/hello\/:name"[^}]*\} 1\n/,
      );
      expect((await ask(`${url}/metrics`)).status).toBe(404);
      expect((await ask(`${opsUrl}/readyz`)).status).toBe(200);
    });

    it("stops in good order, and every line it ever wrote meets the schema", async () => {
      example.kill("SIGTERM");
      expect(await example.ended).toEqual({ code: 0, signal: null });
      expect(example.lines.at(-1)).toMatchObject({ event_name: "process.stop", process_signal: "SIGTERM" });
      expect(example.lines.flatMap((line) => matchesSchema(line))).toEqual([]);
    });
  });
}

async function startProgram(
  framework: string,
  program: string,
  runtime: ExampleOptions["runtime"],
): Promise<StartedExample> {
  const options = { folder: `examples/${framework}`, ...(runtime && { runtime }) };
  const example = new Child(program, { PORT: "0" }, options);
  const listening = await example.line(({ msg }) => msg === "listening");
  return { example, url: `http://127.0.0.1:${listening["port"]}` };
}
