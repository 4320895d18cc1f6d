// A registry mirror that lacks the packages of other platforms leaves them out of package-lock.json, and `npm ci`
// then refuses the lock everywhere. This puts in what is missing: the name, the version its parent asks for, and
// the platform, as the name tells it. Run it after `npm install`; `--check` only looks.
import { readFileSync, writeFileSync } from "node:fs";

const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
const missing = Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {} }]) =>
  Object.entries(optionalDependencies).filter(([name]) => !isLocked(path, name)),
);

if (process.argv.includes("--check")) {
  for (const [name] of missing)
    console.error(`package-lock.json lacks ${name}: run node scripts/complete-lock.mjs`);
  process.exitCode = missing.length > 0 ? 1 : 0;
} else if (missing.length > 0) {
  for (const [name, version] of missing) {
    lock.packages[`node_modules/${name}`] = { version, ...platform(name), dev: true, optional: true };
  }
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync("package-lock.json", `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`added ${missing.length} packages of other platforms`);
}

/** Whether a package stands where Node would find it from a path. */
function isLocked(path, name) {
  for (let base = path; ; base = base.slice(0, Math.max(0, base.lastIndexOf("node_modules/") - 1))) {
    if (`${base ? `${base}/` : ""}node_modules/${name}` in lock.packages) return true;
    if (base === "") return false;
  }
}

/** What a name like `binding-linux-arm64-musl` says of the platform. */
function platform(name) {
  const words = name.slice(name.lastIndexOf("/") + 1).split("-");
  const os = words.find((word) => /^(android|darwin|freebsd|linux|openharmony|win32)$/.test(word));
  const cpu = words.find((word) => /^(arm|arm64|ia32|ppc64|riscv64|s390x|x64)$/.test(word));
  if (os === undefined || cpu === undefined) throw new Error(`${name} does not tell its platform`);
  const libc = words.some((word) => word.startsWith("musl")) ? "musl" : "glibc";
  return { cpu: [cpu], os: [os], ...(os === "linux" && { libc: [libc] }) };
}
