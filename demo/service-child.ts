import { Child } from "./child.ts";
import type { ReadyMessage } from "./messages.ts";
import type { ServiceName } from "./scenarios.ts";

export interface ServiceOptions {
  readonly name: ServiceName;
  readonly module: URL;
  /** 0 lets the system choose. */
  readonly port: number;
  /** The operations server's; 0 lets the system choose. */
  readonly opsPort: number;
  readonly seed: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly onLine?: (line: string) => void;
}

/** A service that listens. */
export interface ServiceChild {
  readonly name: ServiceName;
  readonly url: string;
  readonly opsUrl: string;
  readonly child: Child;
}

/**
 * Start a service as a process of its own and wait until it listens.
 *
 * @throws Error where it ends instead
 */
export function startServiceChild(options: ServiceOptions): Promise<ServiceChild> {
  const { name, module, onLine = () => undefined } = options;
  return new Promise((resolve, reject) => {
    const onReady = ({ url, opsUrl }: ReadyMessage): void => resolve({ name, url, opsUrl, child });
    const child = new Child({
      name,
      module,
      env: environment(options),
      onLine,
      onMessage: (message) => {
        if (message.kind === "ready") onReady(message);
      },
    });
    void child.exited.then(({ code, signal }) => {
      reject(new Error(`${name} did not start: it ended with ${signal ?? `exit code ${code}`}`));
    });
  });
}

// As any platform would configure it. NODE_ENV too: the demo may be started by a test, with another one.
function environment({ name, port, opsPort, seed, env }: ServiceOptions): Record<string, string> {
  return {
    NODE_ENV: "production",
    OTEL_SERVICE_NAME: name,
    OTEL_RESOURCE_ATTRIBUTES: "service.version=1.4.0,deployment.environment.name=demo",
    LOG_LEVEL: "info",
    LOG_FORMAT: "json",
    PORT: String(port),
    TAFFRAIL_OPS_PORT: String(opsPort),
    DEMO_SEED: String(seed),
    ...env,
  };
}
