/** A small generator of pseudo-random numbers (mulberry32): a seed names a run, so that a failure can be had again. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Make a query out of known ones: words taken out, doubled, swapped, mixed in from another, or spoilt. */
export function mutateQuery(seeds: readonly string[], random: () => number): string {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const words = cut(pick(seeds));
  const changes = Math.floor(random() * 5);
  for (let i = 0; i < changes; i++) {
    const at = Math.floor(random() * (words.length + 1));
    const kind = Math.floor(random() * 7);
    if (kind === 0) words.splice(at, 1);
    else if (kind === 1) words.splice(at, 0, pick(fragments));
    else if (kind === 2) words.splice(at, 1, pick(fragments));
    else if (kind === 3) words.splice(at, 0, ...cut(pick(seeds)).slice(0, Math.floor(random() * 12)));
    else if (kind === 4) words.splice(at, 0, ...words.slice(at, at + Math.floor(random() * 6)));
    else if (kind === 5) words.splice(0, words.length, `${pick(wrappers)}(`, ...words, ")");
    else words.splice(at, 1, spoil(words[at] ?? "", random));
  }
  return words.join("");
}

const wrappers = [
  "sum",
  "count by (a)",
  "topk(2,",
  "rate",
  "label_replace",
  "1 +",
  "sort",
  "(",
  "avg without (a)",
  "vector",
];

const fragments = (
  '{ } ( ) [ ] | , = != =~ !~ |= |~ |> !> == >= > < <= + - * / % ^ # " ` by without on ignoring group_left bool and or ' +
  "unless offset unwrap ip json logfmt regexp pattern unpack line_format label_format drop keep decolorize --strict [5m] " +
  '5m 1e9 0x1 1_0 20MB "x" `(a+)+$` "(.*)*x" "[[" "<a>\u0020<b>" "{{.a}}" `{{` \u0000 \ud800 é 😀 \n 1e999 9999999999w ' +
  "quantile_over_time(0.5, count_over_time"
).split(" ");

function cut(query: string): string[] {
  return query.match(/"(?:[^"\\]|\\.)*"|`[^`]*`|\w+|\s+|[^\w\s]/g) ?? [];
}

function spoil(word: string, random: () => number): string {
  const at = Math.floor(random() * (word.length + 1));
  return (
    word.slice(0, at) +
    String.fromCharCode(Math.floor(random() * 0x180)) +
    word.slice(at + Math.floor(random() * 2))
  );
}
