import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

// Four folders up from dist/src/cli/dev, three from src/cli/dev.
const root =
  ["../../../../", "../../../"]
    .map((up) => fileURLToPath(new URL(up, import.meta.url)))
    .find((folder) => existsSync(`${folder}package.json`)) ?? "";

/** The path of a file of this package. */
export function packageFile(path: string): string {
  return root + path;
}

export function packageVersion(): string {
  // The package's own file.
  return (JSON.parse(readFileSync(packageFile("package.json"), "utf8")) as { readonly version: string })
    .version;
}
