/** An opened place for bytes: standard output or a file. */
export interface Output {
  readonly name: OutputName;
  /**
   * Write some of the bytes, without waiting where the system can do that.
   *
   * @returns how many were taken
   * @throws the system's error; `EAGAIN` where the reader has no room at present
   */
  write(bytes: Buffer): number;
  /** Told when no line is written in part: the moment to move to another file. May throw as `write` does. */
  betweenLines?(): void;
  /**
   * Asked when a write failed: true where the place written to is gone for good, and with it the line that
   * was written in part. The next write goes to a new one. Never throws.
   */
  isAbandoned?(): boolean;
}

export type OutputName = "stdout" | "file";

/** The system's name for what went wrong; `EUNKNOWN` where it has none. */
export function errorCode(error: unknown): string {
  const { code } = Object(error) as { code?: unknown };
  return typeof code === "string" ? code : "EUNKNOWN";
}
