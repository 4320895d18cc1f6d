import type { Command, CommandArguments, Terminal } from "../command.ts";
import { devOptions } from "./dev-options.ts";
import { runDev } from "./run-dev.ts";

/** `taffrail dev`: the console, dashboards and alerts on this machine. */
export const devCommand: Command = {
  name: "dev",
  summary: "Run a program with the console, the dashboards and the alert rules over its own log lines.",
  usage: "[options] [-- COMMAND ARGS…]",
  options: {
    run: {
      type: "string",
      multiple: true,
      value: "COMMAND",
      description: "A command for the shell; once for each of several services.",
    },
    follow: {
      type: "string",
      multiple: true,
      value: "FILE",
      description: "Read a file as it grows, also through rotation. May be repeated.",
    },
    "from-start": { type: "boolean", description: "Read followed files from their beginning." },
    port: {
      type: "string",
      value: "PORT",
      description: "Where to listen; 0 takes any free port. Default 3100, or a free one where that is taken.",
    },
    host: { type: "string", value: "ADDRESS", description: "The interface to listen on. Default 127.0.0.1." },
    "allow-host": {
      type: "string",
      multiple: true,
      value: "NAME",
      description: "A host name under which the console may be asked for. May be repeated.",
    },
    open: { type: "boolean", description: "Open the console in the browser." },
    range: {
      type: "string",
      value: "DURATION",
      description:
        "How far back pages look when they open. Default: as each dashboard says; an hour of logs.",
    },
    rules: {
      type: "string",
      multiple: true,
      value: "FILES",
      description: "Rule files of your own, beside the shipped ones; a pattern works. May be repeated.",
    },
    "no-rules": { type: "boolean", description: "Leave the shipped rules out." },
    dashboards: {
      type: "string",
      multiple: true,
      value: "FILES",
      description:
        "Grafana dashboards of your own, beside the shipped ones; a pattern works. May be repeated.",
    },
    loki: {
      type: "string",
      value: "URL",
      description: "Show what a Loki elsewhere holds, with its own alert rules; no lines are read then.",
    },
    prometheus: {
      type: "string",
      value: "URL",
      description: "With --loki: the Prometheus for panels and rules of metrics.",
    },
    alertmanager: { type: "string", value: "URL", description: "An Alertmanager to tell of alerts." },
    scrape: {
      type: "string",
      multiple: true,
      value: "URL",
      description:
        "Metrics to scrape, beside those of services whose log lines say where their operations server listens. May be repeated.",
    },
    "scrape-interval": { type: "string", value: "DURATION", description: "Between two scrapes. Default 5s." },
    "no-scrape": { type: "boolean", description: "Scrape no metrics; panels of metrics then say so." },
    service: {
      type: "string",
      value: "NAME",
      description: "service_name of lines that bring none. Default: of package.json, else of the command.",
    },
    memory: { type: "string", value: "SIZE", description: "Log text held in memory. Default 256MB." },
    history: {
      type: "string",
      value: "SIZE",
      description: "Log text kept on disk over restarts; 0 keeps none. Default 64MB.",
    },
    state: { type: "string", value: "FOLDER", description: "Where the history is kept." },
    raw: { type: "boolean", description: "Pass every line through as it is." },
    quiet: { type: "boolean", description: "Pass no lines through." },
    "until-eof": { type: "boolean", description: "Stop when standard input ends." },
    stay: { type: "boolean", description: "Keep the console when the command has ended." },
  },
  notes: [
    "Without a command or a file, lines are read from standard input.",
    "Signals are passed on to the command; a second one kills it.",
  ],
  exitCodes:
    "Exit code: the command's own, 128 and its number for a signal; 2 where this could not do its work.",
  examples: [
    ["taffrail dev -- node server.js", "Run a service with the console on http://127.0.0.1:3100."],
    ["taffrail dev --run 'node api.js' --run 'npm run worker'", "Several services, merged."],
    ["kubectl logs -f deploy/shop | taffrail dev --open", "Lines from elsewhere."],
    ["taffrail dev --follow /var/log/app.log --from-start", "A file, from its beginning."],
    ["taffrail dev --loki http://127.0.0.1:3100", "The console over a Loki that runs already."],
    ["taffrail dev --rules 'alerts/*.yml' --dashboards 'grafana/*.json' -- npm start", "Your own files too."],
  ],
  run: (args: CommandArguments, terminal: Terminal) => runDev(devOptions(args), terminal),
};
