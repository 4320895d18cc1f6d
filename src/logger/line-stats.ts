/** What the guard had to do to lines so that they could be written. Totals since the start; read at each scrape. */
export interface LineStats {
  /** Lines of which something was cut or left out. */
  truncatedLines: number;
  /** Lines of which something could not be read: a getter that threw, a revoked proxy. */
  degradedLines: number;
}
