import { AsyncLocalStorage } from "node:async_hooks";

/** What a unit of work (a request, a job) lends to all that is done on its behalf. */
export interface Scope {
  /** Whose it is: of several kits in a process, the one that writes down what is done within. */
  readonly owner: object;
  readonly requestId: string;
  readonly traceId: string | undefined;
  readonly spanId: string | undefined;
  /** The user's fields so far. */
  readonly fields: Readonly<Record<string, unknown>> | undefined;
  addFields(fields: Readonly<Record<string, unknown>>): void;
  /** Have it logged at debug whatever its outcome, and not measured: for the kit's own endpoints. */
  hush(): void;
  /** The headers that carry its ids to another service. */
  propagationHeaders(): Record<string, string>;
}

// Two copies of the package in one process would otherwise be two storages, and lose each other's context.
const key = Symbol.for("taffrail.scope");
const shared = globalThis as { [key]?: AsyncLocalStorage<Scope> };
shared[key] ??= createStorage();

/** The one storage of the current scope. */
export const scopes: AsyncLocalStorage<Scope> = shared[key];

/** Create a storage that is in use from the start: Node 20 makes each request dearer on a connection opened before that. */
function createStorage(): AsyncLocalStorage<Scope> {
  const storage = new AsyncLocalStorage<Scope>();
  storage.run({} as Scope, () => undefined);
  return storage;
}
