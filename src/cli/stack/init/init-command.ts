import {
  type Command,
  type CommandArguments,
  type ExitCode,
  type Terminal,
  usageError,
} from "../../command.ts";
import { type Change, changesOf, isWritten, patchOf, write } from "./changes.ts";
import { ask } from "./confirm.ts";
import { parseService, type Service } from "./service.ts";
import { stackFiles } from "./stack-files.ts";

/** `taffrail init`: the stack, in a repository of your own. */
export const initCommand: Command = {
  name: "init",
  summary: "Write the stack into your repository: compose file, configuration, dashboards, alerts.",
  usage: "SERVICE[=HOST:PORT]… [options]",
  options: {
    dir: { type: "string", value: "DIR", description: "Where to write; observability unless said." },
    environment: {
      type: "string",
      value: "NAME",
      description: "deployment_environment_name of your services; production unless said.",
    },
    yes: { type: "boolean", short: "y", description: "Overwrite files that differ." },
    "dry-run": { type: "boolean", description: "Only show what would change." },
  },
  notes: [
    "SERVICE is service_name; HOST:PORT is where its operations server is scraped, SERVICE:9464 unless said.",
    "Run it again to add a service or after an upgrade: what differs is shown, and overwritten only where you say so.",
  ],
  examples: [
    ["taffrail init shop payments", "Into ./observability, for two services of these names."],
    ["taffrail init shop=shop.internal:9464 --dry-run", "Show what would be written."],
  ],
  run: init,
};

async function init(args: CommandArguments, terminal: Terminal): Promise<ExitCode> {
  const services = args.positionals.map(parseService);
  if (services.length === 0) throw usageError("init needs the name of a service");
  const dir = args.text("dir") ?? "observability";
  const changes = changesOf(dir, stackFiles({ services, environment: environment(args) }));
  const kept = await apply(changes, args, terminal);
  terminal.stdout.write(summary(changes, kept, args.flag("dry-run")));
  if (!args.flag("dry-run") && changes.some(({ kind }) => kind === "new"))
    terminal.stdout.write(next(dir, services));
  return kept.length > 0 ? 1 : 0;
}

function environment(args: CommandArguments): string {
  const name = args.text("environment") ?? "production";
  if (!/^[\w.-]+$/.test(name))
    throw usageError(`--environment ${JSON.stringify(name)}: letters, digits, ., _ and - are allowed`);
  return name;
}

/** Write what is new, and what differs where that is wanted; answers the files that were left as they are. */
async function apply(
  changes: readonly Change[],
  args: CommandArguments,
  terminal: Terminal,
): Promise<readonly Change[]> {
  const kept: Change[] = [];
  for (const change of changes.filter(({ kind }) => kind !== "unchanged")) {
    terminal.stdout.write(change.kind === "new" ? `new        ${change.path}\n` : patchOf(change));
    if (args.flag("dry-run")) continue;
    const isWanted =
      change.kind === "new" || args.flag("yes") || (await ask(`Overwrite ${change.path}?`, terminal));
    if (isWanted) write(change);
    else kept.push(change);
  }
  return kept;
}

function summary(changes: readonly Change[], kept: readonly Change[], isDry: boolean): string {
  const count = (kind: Change["kind"]): number =>
    changes.filter((change) => change.kind === kind && isWritten(change, kept)).length;
  const verb = isDry ? "would be " : "";
  const left =
    kept.length > 0 ? `, ${kept.length} differ and were left as they are: --yes overwrites them` : "";
  return `${count("new")} ${verb}new, ${count("changed")} ${verb}changed, ${count("unchanged")} unchanged${left}\n`;
}

function next(dir: string, services: readonly Service[]): string {
  const [{ name }] = services as [Service]; // There is one, at least: it was asked for.
  return [
    "",
    "Next:",
    `  cd ${dir} && echo "GRAFANA_ADMIN_PASSWORD=$(openssl rand -hex 24)" > .env && chmod 600 .env && docker compose up -d --wait`,
    `  Have each service write its log where the collector reads it, on the volume observability-logs:`,
    `    LOG_STDOUT=true LOG_FILE=/var/log/services/${name}.log LOG_FILE_MAX_BYTES=67108864 TAFFRAIL_OPS_HOST=0.0.0.0`,
    "  and join the network observability. Put your receivers into stack/alertmanager/alertmanager.yaml.",
    "  Then look whether it is whole. Only Grafana is published: from the folder that has node_modules, in the stack's network,",
    `    docker run --rm --network observability -v "$PWD:/app:ro" -w /app -e LOKI_URL=http://loki:3100 -e PROMETHEUS_URL=http://prometheus:9090 -e ALERTMANAGER_URL=http://alertmanager:9093 node:24-alpine node node_modules/.bin/taffrail check ${name} --no-grafana`,
    "  and the same with: test-alert --no-sink. node_modules/taffrail/docs/stack.md has the whole of it.",
    "",
  ].join("\n");
}
