/** What is to be said of numbered lines that came through a fault. */
export interface NumberedLines {
  readonly numbers: readonly number[];
  readonly unique: number;
  /** Lines that are no JSON. */
  readonly torn: number;
  readonly outOfOrder: number;
  /** What the loss reports among them add up to. */
  readonly reportedLost: number;
  readonly reports: number;
}

/** Read the lines that have an `n`, and the reports of lost ones. */
export function numberedLines(text: string): NumberedLines {
  const numbers: number[] = [];
  let torn = 0;
  let reportedLost = 0;
  let reports = 0;
  for (const row of text.split("\n")) {
    if (row === "") continue;
    const line = parse(row);
    if (line === undefined) torn++;
    else if (line["event_name"] === "log.dropped") {
      reports++;
      reportedLost += Number(line["log_dropped_lines"]);
    } else if (typeof line["n"] === "number") numbers.push(line["n"]);
  }
  const outOfOrder = numbers.filter(
    (number, index) => index > 0 && number <= Number(numbers[index - 1]),
  ).length;
  return { numbers, unique: new Set(numbers).size, torn, outOfOrder, reportedLost, reports };
}

function parse(row: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(row) as Record<string, unknown>;
  } catch {
    return undefined; // Torn: the caller counts it.
  }
}
