import { type FieldName, fields } from "../contract/fields.ts";
import { inOnePiece } from "./one-piece.ts";

/** Printable ASCII that JSON takes as it is: most of what is ever logged of a request. */
const plain = /^[ !#-[\]-~]*$/;
/** A character that needs escaping becomes up to six: a text with such is cut sooner, so that the line keeps its limit. */
const maxEscapedLength = 512;

/** How a field begins on a line, each in one piece: every piece that a line is put together from has its price. */
interface Beginning {
  /** `,"name":` */
  readonly bare: string;
  /** `,"name":"` */
  readonly quoted: string;
}

/** The contract's fields by their names, as {@link EventFields} takes them. */
export const named = Object.fromEntries(
  Object.keys(fields).map((name) => [name, beginningOf(name)]),
) as Readonly<Record<FieldName, Beginning>>;

function beginningOf(name: string): Beginning {
  return { bare: inOnePiece(`,"${name}":`), quoted: inOnePiece(`,"${name}":"`) };
}

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
  text(field: Beginning, value: string): void {
    if (plain.test(value)) this.word(field, value);
    else this.json += field.bare + JSON.stringify(value.slice(0, maxEscapedLength));
  }

  /** Add a word that is known to need no escaping: a checked id, one of a set of names. */
  word({ quoted }: Beginning, value: string): void {
    this.json += `${quoted}${value}"`;
  }

  /** Add a finite number. */
  number({ bare }: Beginning, value: number): void {
    this.json += `${bare}${value}`;
  }
}
