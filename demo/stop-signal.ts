const insistAfterMs = 1_000;

/**
 * Wait for someone to want the demo to stop. A first Ctrl-C stops it in good order; a second one, not
 * counting what npm passes on of the first, ends it at once, and its processes notice.
 */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  let firstMs = Number.POSITIVE_INFINITY;
  const onSignal = (): void => {
    if (performance.now() - firstMs > insistAfterMs) process.exit(130);
    firstMs = Math.min(firstMs, performance.now());
    controller.abort();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  // Whoever read the lines has gone: `npm run demo -- --json | head`.
  process.stdout.on("error", () => controller.abort());
  if (process.env["npm_lifecycle_event"] !== undefined) watchParent(onSignal);
  return controller.signal;
}

/** An npm that is killed, or a shell below it that dies of npm's signal, leaves the demo without a terminal to stop it from. */
function watchParent(onGone: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, 500).unref();
}
