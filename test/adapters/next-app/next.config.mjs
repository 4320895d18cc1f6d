/** What needs Node's own response is an API route of the Pages Router, and those live below /api. */
const apiRoute = (name) => ({ source: `/${name}`, destination: `/api/${name}` });

export default {
  agentRules: false,
  devIndicators: false,
  typescript: { ignoreBuildErrors: true },
  // Names of classes and functions are what errors are told by.
  experimental: { serverMinification: false, turbopackMinify: false },
  rewrites: async () =>
    ["break-off", "echo", "late-status", "log", "log-on-abort", "upload"].map((name) => apiRoute(name)),
};
