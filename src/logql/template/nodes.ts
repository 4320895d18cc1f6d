/** The tree of a Go text template. */
export type TemplateNode = TextNode | ActionNode | ControlNode | CallNode | LeaveNode;

interface TextNode {
  readonly kind: "text";
  readonly text: string;
}

interface ActionNode {
  readonly kind: "action";
  readonly pipe: PipeNode;
}

/** if, with and range. */
export interface ControlNode {
  readonly kind: "control";
  readonly word: "if" | "with" | "range";
  readonly pipe: PipeNode;
  readonly body: TemplateList;
  readonly otherwise: TemplateList;
}

interface CallNode {
  readonly kind: "template";
  readonly name: string;
  readonly pipe: PipeNode | undefined;
}

interface LeaveNode {
  readonly kind: "leave";
  readonly word: "break" | "continue";
}

export type TemplateList = readonly TemplateNode[];

/** Commands joined by `|`, their result perhaps kept in variables. */
export interface PipeNode {
  readonly variables: readonly string[];
  /** `=` sets a variable that exists, `:=` makes one. */
  readonly assigns: boolean;
  readonly commands: readonly (readonly OperandNode[])[];
}

export type OperandNode =
  | { readonly kind: "literal"; readonly value: string | bigint | number | boolean }
  | { readonly kind: "nil" }
  | { readonly kind: "function"; readonly name: string }
  // From a variable, or from the dot, which is "." here.
  | { readonly kind: "fields"; readonly from: string; readonly names: readonly string[] }
  | { readonly kind: "pipe"; readonly pipe: PipeNode; readonly names: readonly string[] };

/** A parsed template, with the ones it defines by name. */
export interface ParsedTemplate {
  readonly root: TemplateList;
  readonly defined: ReadonlyMap<string, TemplateList>;
}

/** A template whose text is wrong. */
export class TemplateSyntaxError extends Error {}
