import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { userAlertmanager, userCompose, userPrometheus, userTargets } from "./adapt.ts";
import type { Service } from "./service.ts";

export interface StackFilesOptions {
  readonly services: readonly Service[];
  readonly environment: string;
}

const folders = ["stack", "dashboards/alerts", "dashboards/grafana", "dashboards/runbooks"];

/** Every file of a stack for these services, by its path: what the package holds, without the demo. */
export function stackFiles(options: StackFilesOptions): ReadonlyMap<string, string> {
  const root = packageRoot();
  const text = (path: string): string => readFileSync(join(root, path), "utf8");
  const adapted = new Map<string, (path: string) => string>([
    ["docker-compose.yml", (path) => userCompose(text(path), options)],
    ["stack/prometheus/prometheus.yaml", (path) => userPrometheus(text(path))],
    ["stack/prometheus/targets/services.yml", () => userTargets(options)],
    ["stack/alertmanager/alertmanager.yaml", (path) => userAlertmanager(text(path))],
  ]);
  const paths = ["docker-compose.yml", ".env.example", ...folders.flatMap((folder) => filesIn(root, folder))];
  return new Map(paths.map((path) => [path, (adapted.get(path) ?? text)(path)]));
}

function filesIn(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}

/** Four folders up from dist/src/cli/stack/init when built, three and one from src. */
function packageRoot(): string {
  const candidates = ["../../../../../", "../../../../"].map((up) =>
    fileURLToPath(new URL(up, import.meta.url)),
  );
  const root = candidates.find((path) => existsSync(join(path, "docker-compose.yml")));
  if (root === undefined) throw new Error("the package holds no docker-compose.yml");
  return root;
}
