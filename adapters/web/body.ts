/** What becomes of a body while it is sent; one of the three, once. */
export interface BodyEnd {
  complete(): void;
  /** Nobody reads on. */
  leave(): void;
  break(error: unknown): void;
}

/**
 * Pass a body on, and tell its end. One that is there already, whole, is answered as bytes, and no end told: as
 * a stream it would lose its length. What comes later is passed on as it comes.
 *
 * @param run runs each read of the body, in whatever context its source should find itself
 */
export async function passOn(
  body: ReadableStream<Uint8Array>,
  end: BodyEnd,
  run: <T>(work: () => T) => T,
): Promise<Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>> {
  const reader = body.getReader();
  const read = (): Promise<Read> => run(() => reader.read());
  const early: Promise<Read>[] = [read()];
  const first = await atOnce(early[0]);
  if (first?.done) return new Uint8Array();
  if (first) {
    early.push(read());
    if ((await atOnce(early[1]))?.done) return new Uint8Array(first.value);
  }
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const { done, value } = await (early.shift() ?? read());
          if (!done) return controller.enqueue(value);
          controller.close();
          end.complete();
        } catch (error) {
          controller.error(error);
          end.break(error);
        }
      },
      cancel(reason) {
        end.leave();
        return reader.cancel(reason);
      },
    },
    // No more read ahead than was before.
    { highWaterMark: 0 },
  );
}

type Read = Awaited<ReturnType<ReadableStreamDefaultReader<Uint8Array>["read"]>>;

/** Bodies made from text or bytes have been read within two on Bun and Deno. */
const maxMicrotasks = 8;

/** What a promise has for those who don't wait. */
async function atOnce<T>(promise: Promise<T> | undefined): Promise<T | undefined> {
  let value: T | undefined;
  promise?.then(
    (settled) => {
      value = settled;
    },
    () => undefined, // Whoever reads on meets the error.
  );
  for (let at = 0; at < maxMicrotasks && value === undefined; at++) await Promise.resolve();
  return value;
}
