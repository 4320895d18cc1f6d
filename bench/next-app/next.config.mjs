export default {
  agentRules: false,
  // What stands in front of a service compresses; no other framework's application here does.
  compress: false,
  // One copy for the process: metrics live in it.
  serverExternalPackages: ["pino", "prom-client"],
};
