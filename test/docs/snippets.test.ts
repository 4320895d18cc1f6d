import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { expandGlob } from "../../src/rules/index.ts";

// Below the package, so that `taffrail` is the built package itself.
const folder = "build/docs-snippets";

interface Snippet {
  readonly name: string;
  readonly code: string;
}

/** Every block of JavaScript and TypeScript of the pages; those that import a file of their own stand for several files. */
const snippets = ["README.md", ...expandGlob("docs/*.md")].flatMap((page): Snippet[] =>
  [...readFileSync(page, "utf8").matchAll(/^```(?:js|ts)\n([\s\S]+?)^```/gm)]
    .map(([, code = ""], index) => ({ name: `${basename(page, ".md")}-${index + 1}.ts`, code }))
    .filter(({ code }) => !/ from "\.\.?\//.test(code)),
);
const isProgram = ({ code }: Snippet): boolean => /^import /m.test(code);

/** What a page says in words, and its code goes on from. */
const ofTheReader = `
declare const app: any;
declare function sendReceipt(orderId: number): Promise<void>;
`;
const ofThePage = `
declare const kit: import("taffrail").Taffrail;
declare const createTaffrail: typeof import("taffrail").createTaffrail;
declare const contractOptions: typeof import("taffrail/pino-http").contractOptions;
declare const requestLogger: typeof import("taffrail/koa").requestLogger;
declare const errorLogger: typeof import("taffrail/koa").errorLogger;
declare const taffrail: typeof import("taffrail/fastify").taffrail;
declare const TaffrailModule: typeof import("taffrail/nest").TaffrailModule;
declare const Bun: any, LoggerModule: any, Module: any, answerErrors: any, cluster: any, db: any;
declare const endAllStreams: any, orderId: any, pinoHttp: any, pool: any, queue: any, router: any;
declare const sendEvents: any, streamSSE: any;
`;

beforeAll(() => rmSync(folder, { recursive: true, force: true }));

it("compiles every program of the pages under strict, as it stands", () => {
  const programs = snippets.filter(isProgram);
  expect(programs.length).toBeGreaterThan(10);
  expect(compile("programs", programs, ofTheReader, { strict: true })).toEqual([]);
});

it("compiles every fragment against the kit's types", () => {
  const fragments = snippets.filter((snippet) => !isProgram(snippet));
  expect(fragments.length).toBeGreaterThan(10);
  expect(
    compile("fragments", fragments, ofTheReader + ofThePage, { strict: true, noImplicitAny: false }),
  ).toEqual([]);
});

it("sees an option that does not exist", () => {
  const wrong = { name: "wrong.ts", code: 'createTaffrail({ serviceNam: "shop" });' };
  expect(compile("wrong", [wrong], ofThePage, { strict: true }).join()).toContain("serviceNam");
});

/** Compile snippets, each a module of its own, and answer what the compiler says. */
function compile(name: string, modules: readonly Snippet[], globals: string, options: object): string[] {
  const at = `${folder}/${name}`;
  mkdirSync(at, { recursive: true });
  const compilerOptions = {
    ...options,
    target: "es2023",
    module: "nodenext",
    types: ["node"],
    noEmit: true,
    skipLibCheck: true,
    experimentalDecorators: true,
  };
  writeFileSync(`${at}/tsconfig.json`, JSON.stringify({ compilerOptions, include: ["."] }));
  writeFileSync(`${at}/globals.d.ts`, globals);
  for (const { name, code } of modules) writeFileSync(`${at}/${name}`, `${code}\nexport {};\n`);
  try {
    execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", at], { encoding: "utf8" });
    return [];
  } catch (error) {
    return (error as { stdout: string }).stdout.trim().split("\n");
  }
}
