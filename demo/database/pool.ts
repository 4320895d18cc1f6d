/** Nobody gave a connection back in time. */
export class PoolTimeoutError extends Error {
  override readonly name = "PoolTimeoutError";
}

export interface PoolOptions {
  readonly size: number;
  /** How long a caller waits for a connection. */
  readonly acquireTimeoutMs: number;
}

/** A fixed number of connections and a queue for them, as in every database driver. */
export class ConnectionPool {
  readonly #options: PoolOptions;
  readonly #waiting = new Set<() => void>();
  #used = 0;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  get used(): number {
    return this.#used;
  }

  get idle(): number {
    return this.#options.size - this.#used;
  }

  /** How many wait for a connection. */
  get pending(): number {
    return this.#waiting.size;
  }

  /**
   * Do work with a connection.
   *
   * @throws PoolTimeoutError
   */
  async use<T>(work: () => Promise<T>): Promise<T> {
    await this.#acquire();
    try {
      return await work();
    } finally {
      this.#release();
    }
  }

  async #acquire(): Promise<void> {
    if (this.#used < this.#options.size) {
      this.#used += 1;
      return;
    }
    await this.#waitForTurn();
  }

  #waitForTurn(): Promise<void> {
    const { size, acquireTimeoutMs } = this.#options;
    return new Promise((resolve, reject) => {
      const turn = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(turn);
        const text = `no connection within ${acquireTimeoutMs} ms: all ${size} in use, ${this.pending} callers waiting`;
        reject(new PoolTimeoutError(text));
      }, acquireTimeoutMs);
      this.#waiting.add(turn);
    });
  }

  #release(): void {
    // A set keeps the order of arrival: the first in the queue takes the connection over.
    for (const turn of this.#waiting) {
      this.#waiting.delete(turn);
      turn();
      return;
    }
    this.#used -= 1;
  }
}
