import { parentPort, workerData } from "node:worker_threads";
import type { ApiAnswer } from "../api/api-message.ts";
import { StoreHost } from "./store-host.ts";
import type { FromThread, SentAnswer, ThreadData, ToThread } from "./thread-message.ts";

// The thread that has the store: its queries take their time without holding up whoever serves them.
const port = parentPort;
if (!port) throw new Error("runs as a worker thread only");

const encoder = new TextEncoder();
const send = (message: FromThread, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);

// StoreThread starts this with its options.
const host = new StoreHost(workerData as ThreadData, {
  tail: (id, frame) => send({ kind: "frame", id, frame }),
  alert: (alert) => send({ kind: "alert", alert }),
  problem: (message) => send({ kind: "problem", message }),
});
host.start();

// All messages come from StoreThread.
port.on("message", (message: ToThread) => {
  if (message.kind === "call") answer(message.id, host.call(message.request));
  else if (message.kind === "lines") {
    host.collect(message.batch);
    answer(message.id, undefined);
  } else if (message.kind === "tail") answer(message.id, host.tails.open(message.id, message.request));
  else if (message.kind === "end-tail") host.tails.close(message.id);
  else {
    host.close();
    answer(message.id, undefined);
    port.close();
  }
});

function answer(id: number, given: ApiAnswer | undefined): void {
  if (!given) {
    send({ kind: "answer", id, answer: undefined });
    return;
  }
  const body = encoder.encode(given.body);
  const sent: SentAnswer = { ...given, body };
  // A text encoder's bytes have a buffer of their own.
  send({ kind: "answer", id, answer: sent }, [body.buffer]);
}
