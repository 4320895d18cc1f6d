import { type CommandArguments, type CommandOption, usageError } from "../command.ts";

/** Where the parts of a stack answer. */
export interface StackUrls {
  readonly loki: URL;
  readonly prometheus: URL;
  readonly alertmanager: URL;
  readonly grafana: URL;
  readonly sink: URL;
}

export type StackPart = keyof StackUrls;

interface Place {
  readonly variable: string;
  readonly standard: string;
  readonly what: string;
}

const places: Readonly<Record<StackPart, Place>> = {
  loki: { variable: "LOKI_URL", standard: "http://127.0.0.1:3100", what: "Loki" },
  prometheus: { variable: "PROMETHEUS_URL", standard: "http://127.0.0.1:9090", what: "Prometheus" },
  alertmanager: { variable: "ALERTMANAGER_URL", standard: "http://127.0.0.1:9093", what: "Alertmanager" },
  grafana: { variable: "GRAFANA_URL", standard: "http://127.0.0.1:3000", what: "Grafana" },
  sink: { variable: "ALERT_SINK_URL", standard: "http://127.0.0.1:3002", what: "the alert sink" },
};

/** Options that say where parts of the stack are. */
export function urlOptions(parts: readonly StackPart[]): Record<string, CommandOption> {
  return Object.fromEntries(
    parts.map((part) => {
      const { variable, standard, what } = places[part];
      return [
        part,
        { type: "string", value: "URL", description: `Where ${what} is: ${variable}, else ${standard}.` },
      ];
    }),
  );
}

/** Options win over the environment, that over what a stack on this machine has. */
export function stackUrls(args: CommandArguments, env: NodeJS.ProcessEnv): StackUrls {
  const url = (part: StackPart): URL => {
    const { variable, standard } = places[part];
    const given = args.text(part);
    return parseUrl(given ?? (env[variable] || standard), given === undefined ? variable : `--${part}`);
  };
  return {
    loki: url("loki"),
    prometheus: url("prometheus"),
    alertmanager: url("alertmanager"),
    grafana: url("grafana"),
    sink: url("sink"),
  };
}

function parseUrl(text: string, name: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // The text may hold a password: it is not shown.
  if (url?.protocol !== "http:" && url?.protocol !== "https:") {
    throw usageError(`${name} is not the URL of a server: expected http://HOST:PORT or https://HOST:PORT`);
  }
  return url;
}
