import { execFile } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Progress } from "./measure.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const source = `${root}bench/next-app`;

/** Where a variant of the application is built. */
export function nextFolder(variant: string): string {
  return `${root}build/bench-next/${variant}`;
}

/** Build each variant of Next's application for production, once for all its processes. @throws what Next says is wrong. */
export async function buildNextVariants(variants: readonly string[], progress: Progress): Promise<void> {
  for (const variant of variants) {
    progress(`next build, ${variant}`);
    const folder = nextFolder(variant);
    install(variant, folder);
    await build(folder);
  }
}

/** The routes, the variant's own files, and the built package as an installed one. */
function install(variant: string, folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  for (const part of ["app", "lib", "next.config.mjs", "package.json"]) {
    cpSync(`${source}/${part}`, `${folder}/${part}`, { recursive: true });
  }
  cpSync(`${source}/variants/${variant}`, folder, { recursive: true });
  cpSync(fileURLToPath(new URL("./orders.js", import.meta.url)), `${folder}/lib/orders.js`);
  for (const part of ["dist", "package.json"]) {
    cpSync(`${root}${part}`, `${folder}/node_modules/taffrail/${part}`, { recursive: true });
  }
}

async function build(folder: string): Promise<void> {
  const next = createRequire(import.meta.url).resolve("next/dist/bin/next");
  await promisify(execFile)(process.execPath, [next, "build"], {
    cwd: folder,
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
}
