import type { FieldName, fields } from "./fields.ts";

type Table = typeof fields;

type ValueOf<F> = F extends { readonly values: readonly (infer V)[] }
  ? V
  : F extends { readonly type: "string" }
    ? string
    : F extends { readonly type: "array" }
      ? readonly ExceptionCause[]
      : F extends { readonly type: "boolean" }
        ? boolean
        : number;

type NameOn<Where extends string> = {
  [N in FieldName]: Table[N]["on"] extends Where ? N : never;
}[FieldName];

/** One link of `exception_causes`. */
export interface ExceptionCause {
  readonly exception_type: string;
  readonly exception_message: string;
}

/** The contract's fields with their types, all optional: what an event may carry. */
export type ContractFields = { [N in FieldName]?: ValueOf<Table[N]> };

/** A line as a reader sees it: the resource and severity always, the rest where it applies, and the user's own. */
export type LogLine = {
  readonly [N in NameOn<"every line">]: ValueOf<Table[N]>;
} & Readonly<ContractFields> & {
    readonly [field: string]: unknown;
  };
