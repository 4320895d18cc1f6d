/** A flag of a command and its value: `--password x`, `--token "x y"`. */
const flag = /(--?([a-zA-Z][\w-]{0,63})[ \t])("[^"\n]*"|'[^'\n]*'|[^\s"'-]\S*)/g;
/** An element that holds nothing but text: `<Password Type="x">y</Password>`. */
const element = /(<(?:[\w-]{1,64}:)?([\w.-]{1,64})(?:\s[^<>]*)?>)([^<>]+)(?=<\/)/g;

/** Mask what only its place tells to be a secret: the value of a command's flag, the text of an XML element. */
export function maskPlaces(text: string, isSecret: (key: string) => boolean): string {
  const maskValue = (all: string, before: string, name: string): string =>
    isSecret(name) ? `${before}***` : all;
  const clean = text.includes(" --") ? text.replace(flag, maskValue) : text;
  return clean.includes("</") ? clean.replace(element, maskValue) : clean;
}
