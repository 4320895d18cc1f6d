import { subscribe, unsubscribe } from "node:diagnostics_channel";

/** What is done with each channel's messages, by the channel's name. */
export type ChannelHandlers = Readonly<Record<string, (message: never) => void>>;

/**
 * Subscribe to channels of Node's. What a subscriber throws would end the process, so it is caught and told.
 *
 * @returns what unsubscribes
 */
export function subscribeAll(handlers: ChannelHandlers, onError: (error: unknown) => void): () => void {
  const subscriptions = Object.entries(handlers).map(([name, handle]) => {
    const listener = (message: unknown): void => {
      try {
        // A channel's messages have the shape that its publisher documents.
        handle(message as never);
      } catch (error) {
        onError(error);
      }
    };
    subscribe(name, listener);
    return () => unsubscribe(name, listener);
  });
  return () => {
    for (const undo of subscriptions) undo();
  };
}
