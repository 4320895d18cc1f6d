import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

const prefix = "taffrail-";

/**
 * One folder for all that a test run puts into the system's temporary folder. vitest calls it once for each project,
 * and what it returns at the end.
 */
export default function temporaryFolder(): () => void {
  // Not one in another: the path of a socket has its limit.
  if (basename(tmpdir()).startsWith(prefix)) return () => undefined;
  const folder = mkdtempSync(join(tmpdir(), prefix));
  const usual = process.env["TMPDIR"];
  process.env["TMPDIR"] = folder;
  return () => {
    if (usual === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = usual;
    rmSync(folder, { recursive: true, force: true });
  };
}
