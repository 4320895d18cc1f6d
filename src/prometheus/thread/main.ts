import { parentPort, workerData } from "node:worker_threads";
import { type EncodedAnswer, encoded } from "../api/api-handler.ts";
import { createPrometheus } from "../prometheus.ts";
import type { FromThread, ThreadData, ToThread } from "./thread-message.ts";

// The thread that has the metrics: a query over days takes its time without holding up whoever serves it.
const port = parentPort;
if (!port) throw new Error("runs as a worker thread only");

const send = (message: FromThread, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);

const prometheus = createPrometheus({
  // PrometheusThread starts this with its options.
  ...(workerData as ThreadData),
  onAlert: (alert) => send({ kind: "alert", alert }),
  onProblem: (message) => send({ kind: "problem", message }),
});
prometheus.start();

// All messages come from PrometheusThread.
port.on("message", (message: ToThread) => {
  if (message.kind === "call") {
    const answer = prometheus.api(message.request);
    reply(message.id, answer && encoded(answer));
  } else {
    prometheus.addTarget(message.target);
    reply(message.id, undefined);
  }
});

function reply(id: number, answer: EncodedAnswer | undefined): void {
  // A text encoder's bytes have a buffer of their own.
  send({ kind: "answer", id, answer }, answer ? [answer.body.buffer as ArrayBuffer] : []);
}
