/** Create the test whether a character code is one of some ASCII characters: it is asked for every character of a text. */
export function characterSet(characters: string): (code: number) => boolean {
  const marks = new Uint8Array(128);
  for (const character of characters) marks[character.charCodeAt(0)] = 1;
  return (code) => marks[code] === 1;
}
