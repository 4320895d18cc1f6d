import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

export interface InstalledSize {
  readonly name: string;
  readonly packages: readonly string[];
  readonly bytes: number;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly files?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

const ALWAYS_PACKED: readonly string[] = ["package.json", "README.md", "LICENSE"];

/** What installing the package in a folder brings: the files it ships, and all its dependencies. */
export function ownSize(root: string): InstalledSize {
  const manifest = readManifest(root);
  const shipped = [...new Set([...ALWAYS_PACKED, ...(manifest.files ?? [])])].map((file) => join(root, file));
  const own = shipped.filter(existsSync).reduce((sum, path) => sum + bytesIn(path), 0);
  const others = closure(dependencyNames(manifest), root);
  return size(manifest.name, others, { label: `${manifest.name}@${manifest.version}`, bytes: own });
}

/** What installing these packages brings. @throws when one of them can't be found from the folder. */
export function packagesSize(packages: readonly string[], root: string): InstalledSize {
  return size(packages.join(" + "), closure(packages, root));
}

function size(
  name: string,
  folders: ReadonlySet<string>,
  own?: { readonly label: string; readonly bytes: number },
): InstalledSize {
  const labels = [...folders].map((folder) => {
    const { name: packageName, version } = readManifest(folder);
    return `${packageName}@${version}`;
  });
  const bytes = [...folders].reduce((sum, folder) => sum + bytesIn(folder), own?.bytes ?? 0);
  return { name, packages: [...(own ? [own.label] : []), ...labels.sort()], bytes };
}

function closure(names: readonly string[], from: string, found = new Set<string>()): ReadonlySet<string> {
  for (const name of names) {
    const folder = locate(name, from);
    if (found.has(folder)) continue;
    found.add(folder);
    closure(dependencyNames(readManifest(folder)), folder, found);
  }
  return found;
}

/** npm installs peers too, but for the optional ones. */
function dependencyNames({
  dependencies,
  peerDependencies,
  peerDependenciesMeta,
}: Manifest): readonly string[] {
  const peers = Object.keys(peerDependencies ?? {}).filter((name) => !peerDependenciesMeta?.[name]?.optional);
  return [...Object.keys(dependencies ?? {}), ...peers];
}

function locate(name: string, from: string): string {
  const folder = join(from, "node_modules", name);
  if (existsSync(join(folder, "package.json"))) return folder;
  if (from === dirname(from)) throw new Error(`${name} is not installed`);
  return locate(name, dirname(from));
}

function bytesIn(path: string): number {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.size;
  // A nested node_modules holds other packages, which are counted as such.
  const entries = readdirSync(path).filter((entry) => entry !== "node_modules");
  return entries.reduce((sum, entry) => sum + bytesIn(join(path, entry)), 0);
}

function readManifest(folder: string): Manifest {
  // npm itself checks these fields of an installed package.
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
}
