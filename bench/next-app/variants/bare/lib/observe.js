/** No logger and no metrics. */
export const observe = (_route, handler) => handler;
