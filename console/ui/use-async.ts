import { useEffect, useRef, useState } from "preact/hooks";

export interface Loadable<T> {
  /** The last good value: it stays while a newer one loads or fails. */
  readonly value: T | undefined;
  readonly error: Error | undefined;
  readonly loading: boolean;
}

/** Load a value whenever the key changes, ending the load before; an undefined key loads nothing. */
export function useAsync<T>(key: string | undefined, load: (signal: AbortSignal) => Promise<T>): Loadable<T> {
  const [state, setState] = useState<Loadable<T>>({
    value: undefined,
    error: undefined,
    loading: key !== undefined,
  });
  const latest = useRef(load);
  latest.current = load;
  useEffect(() => {
    if (key === undefined) return;
    const controller = new AbortController();
    setState(({ value, error }) => ({ value, error, loading: true }));
    latest.current(controller.signal).then(
      (value) => {
        if (!controller.signal.aborted) setState({ value, error: undefined, loading: false });
      },
      (error: Error) => {
        if (!controller.signal.aborted) setState(({ value }) => ({ value, error, loading: false }));
      },
    );
    return () => controller.abort();
  }, [key]);
  return state;
}
