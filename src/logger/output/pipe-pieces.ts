const newline = 10;
/** Up to so many bytes a pipe takes whole or not at all, also where several processes write to it: POSIX's PIPE_BUF, as Linux has it. */
const pipeBuf = 4_096;

/** As many whole lines as go into one atomic write to a pipe; a longer line goes by itself. */
export function pieceLength(bytes: Buffer): number {
  if (bytes.length <= pipeBuf) return bytes.length;
  const end = bytes.lastIndexOf(newline, pipeBuf - 1) + 1;
  return end > 0 ? end : bytes.indexOf(newline) + 1;
}
