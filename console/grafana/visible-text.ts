/** Other people's text as it may be shown: nothing in it steers a terminal that it is copied to, hides, or reorders. */
export function visibleText(text: string): string {
  return showInvisible(stripControls(text));
}

/** Text without terminal control sequences and other characters that don't print; line feeds and tabs stay. */
export function stripControls(text: string): string {
  return text
    .replace(/\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)/g, "")
    .replace(/[\u001b\u009b][[\]()#;?]*(?:\d{1,4}(?:;\d{0,4})*)?[\dA-PR-TZcf-nq-uy=><~]/g, "")
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "");
}

/** Make characters that reorder or hide text visible by their code point, so that a line can't lie about itself. */
export function showInvisible(text: string): string {
  return text.replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, (character) => {
    return `\u27e8U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}\u27e9`;
  });
}
