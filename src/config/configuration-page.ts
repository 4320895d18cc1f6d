import { presetNames, presets } from "./presets.ts";
import { settings } from "./settings.ts";

/**
 * Derive the text of docs/configuration.md from the table of settings.
 *
 * @param meanings what each setting does, by option path: the sentences that stand at the options' types
 */
export function configurationPage(meanings: Readonly<Record<string, string>>): string {
  return [
    "# Configuration",
    "",
    "An option wins over its environment variable, that over the preset. `NODE_ENV` picks the preset; not set, it is",
    "`development`. The result is checked whole and frozen before anything starts: a name that is not known or a value",
    "that is not allowed stops the start with one error that names it. An empty variable counts as not set.",
    "In development the variables may also stand in a file `.env` in the working directory.",
    "",
    "A staging environment runs the `production` preset and says where it is:",
    "`NODE_ENV=production OTEL_RESOURCE_ATTRIBUTES=deployment.environment.name=staging`.",
    "",
    "This page is generated from `src/config/settings.ts` and `src/config/presets.ts` by `npm run generate`.",
    "",
    `| option, variable | effect | allowed | ${presetNames.join(" | ")} |`,
    `|---|---|---|${presetNames.map(() => "---|").join("")}`,
    ...Object.entries(settings).map(([path, { kind, env }]) => {
      const names = [path, ...(env === undefined ? [] : [env])].map((name) => `\`${name}\``).join(" ");
      const defaults = presetNames.map((preset) => shown(presets[preset][path]));
      return `| ${[names, meanings[path] ?? "", kind.allowed, ...defaults].map(cell).join(" | ")} |`;
    }),
    "",
    "A list is separated by commas in its variable: `TAFFRAIL_SKIP=/metrics,/static/*`.",
    "",
    "`OTEL_RESOURCE_ATTRIBUTES` gives `service.name`, `service.version`, `deployment.environment.name` and",
    "`service.instance.id` where no option does; name and version are else taken from `./package.json`.",
    "",
  ].join("\n");
}

function shown(value: unknown): string {
  if (value === undefined) return "";
  return `\`${Array.isArray(value) ? value.join(",") || "[]" : String(value)}\``;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
