/** Milliseconds that only grow. */
export type Clock = () => number;
