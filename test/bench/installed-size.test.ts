import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { ownSize, packagesSize } from "../../bench/installed-size.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

test("a package counts with its dependencies and required peers, each once", () => {
  const { packages, bytes } = packagesSize(["express-prom-bundle", "prom-client"], root);
  const names = packages.map((label) => label.slice(0, label.lastIndexOf("@")));
  expect(names).toContain("express-prom-bundle");
  expect(names).toContain("prom-client"); // a required peer, and asked for by name as well
  expect(names).toContain("tdigest"); // a dependency of that peer
  expect(new Set(packages).size).toBe(packages.length);
  expect(bytes).toBeGreaterThan(100_000);
});

test("a package that is not installed is named", () => {
  expect(() => packagesSize(["no-such-package"], root)).toThrow("no-such-package is not installed");
});

test("of the package itself only the files it ships count", () => {
  const folder = mkdtempSync(join(tmpdir(), "taffrail-size-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const manifest = JSON.stringify({ name: "shipped", version: "1.2.3", files: ["shipped.js", "absent.js"] });
  writeFileSync(join(folder, "package.json"), manifest);
  writeFileSync(join(folder, "shipped.js"), "four");
  writeFileSync(join(folder, "unshipped.js"), "does not count");
  expect(ownSize(folder)).toEqual({
    name: "shipped",
    packages: ["shipped@1.2.3"],
    bytes: manifest.length + 4,
  });
});
