import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
  readonly dependencies: Readonly<Record<string, string>>;
}
const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;

/** All that a service loads when it runs. */
const runtimePaths = Object.keys(manifest.exports)
  .filter((path) => !path.endsWith(".json") && path !== "./logql")
  .map((path) => path.replace(".", "taffrail"));

/** Run a module in a fresh process against the built package and answer what it prints. */
function run(code: string): string {
  return execFileSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8" });
}

describe("the package", () => {
  it("exports these names", () => {
    const modules = Object.keys(manifest.exports).filter((path) => !path.endsWith(".json"));
    const names = Object.fromEntries(
      modules.map((path) => {
        const name = path.replace(".", "taffrail");
        return [
          name,
          JSON.parse(
            run(`console.log(JSON.stringify(Object.keys(await import("${name}")).sort()))`),
          ) as string[],
        ];
      }),
    );
    expect(names).toMatchSnapshot();
  });

  it("can be required as well, by the same modules", () => {
    const code = `import { createRequire } from "node:module";
      const required = createRequire(import.meta.url)("taffrail");
      const imported = await import("taffrail");
      console.log(required.createTaffrail === imported.createTaffrail);`;
    expect(run(code).trim()).toBe("true");
  });

  it("loads at run time only pino, prom-client, @opentelemetry/api and what they need", () => {
    // Nest's module is made with Nest's own classes, which load Nest.
    const paths = runtimePaths.filter((path) => path !== "taffrail/nest");
    const code = `import { createRequire } from "node:module";
      for (const path of ${JSON.stringify(paths)}) await import(path);
      const require = createRequire(import.meta.url);
      console.log(JSON.stringify(Object.keys(require.cache)));`;
    const packages = new Set(
      (JSON.parse(run(code)) as string[]).flatMap(
        (path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? [],
      ),
    );
    expect([...packages].sort()).toMatchSnapshot();
    expect(
      Object.keys(manifest.dependencies)
        .filter((name) => packages.has(name))
        .sort(),
    ).toEqual(["@opentelemetry/api", "pino", "prom-client"]);
  });

  it("does nothing when it is imported", () => {
    const code = `const look = () => process.eventNames().length + "," + process.getActiveResourcesInfo().filter((name) => /Timeout|Server|Worker/.test(name));
      const before = look();
      for (const path of ${JSON.stringify(runtimePaths)}) await import(path);
      console.log(before === look() ? "nothing" : before + " " + look());`;
    expect(run(code).trim()).toBe("nothing");
  });
});
