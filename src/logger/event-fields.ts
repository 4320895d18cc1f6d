import { type FieldName, fields } from "../contract/fields.ts";
import { inOnePiece } from "./one-piece.ts";

/** Printable ASCII that JSON takes as it is: most of what is ever logged of a request. */
const plain = /^[ !#-[\]-~]*$/;
/** A character that needs escaping becomes up to six: a text with such is cut sooner, so that the line keeps its limit. */
const maxEscapedLength = 512;

/** How each field begins; made up once, since every piece of a line has its price. */
const beginnings = textForEach((name) => `,"${name}":`);
const textBeginnings = textForEach((name) => `,"${name}":"`);

/**
 * The contract's fields of one event, written down as JSON as they are told. It spares the completion line, which
 * every request pays for, an object of twenty properties for the formatter to take apart again.
 */
export class EventFields {
  /** `,"name":value` for each field. */
  json: string;
  /** What was thrown; the event log spreads it into the exception fields, looked through for secrets. */
  error: unknown = undefined;

  /** @param json fields that are written down already */
  constructor(json = "") {
    this.json = json;
  }

  /** Add a text that may hold anything. */
  text(name: FieldName, value: string): void {
    if (plain.test(value)) this.word(name, value);
    else this.json += beginnings[name] + JSON.stringify(value.slice(0, maxEscapedLength));
  }

  /** Add a word that is known to need no escaping: a checked id, one of a set of names. */
  word(name: FieldName, value: string): void {
    this.json += `${textBeginnings[name]}${value}"`;
  }

  /** Add a finite number. */
  number(name: FieldName, value: number): void {
    this.json += `${beginnings[name]}${value}`;
  }
}

function textForEach(text: (name: string) => string): Readonly<Record<FieldName, string>> {
  const entries = Object.keys(fields).map((name) => [name, inOnePiece(text(name))]);
  return Object.fromEntries(entries) as Readonly<Record<FieldName, string>>;
}
