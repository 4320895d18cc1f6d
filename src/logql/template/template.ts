import type { Entry } from "../labels/entry.ts";
import { type TemplateEntry, templateFunctions } from "./functions.ts";
import { Labels } from "./labels.ts";
import { parseTemplate } from "./parser.ts";
import { runTemplate } from "./run.ts";
import { templateFields } from "./template-fields.ts";
import { TemplateRunError } from "./values.ts";

/** A compiled template of line_format or label_format. */
export type Template = (labels: Labels, entry: TemplateEntry) => string | { readonly problem: string };

/**
 * Compile a template.
 * @throws TemplateSyntaxError
 * @see https://grafana.com/docs/loki/latest/query/template_functions/
 */
export function compileTemplate(text: string): Template {
  const parsed = parseTemplate(text, names);
  return (labels, entry) => {
    try {
      return runTemplate(parsed, labels, { functions: templateFunctions, entry });
    } catch (error) {
      if (error instanceof TemplateRunError) return { problem: error.message };
      throw error;
    }
  };
}

/** The labels that a template asks for, as far as Loki sees it. */
export function requiredFields(text: string): string[] {
  return templateFields(text, names);
}

const names: ReadonlySet<string> = new Set(templateFunctions.keys());

/** What a template may know of an entry. */
export function templateInput(entry: Entry): { labels: Labels; source: TemplateEntry } {
  const timestamp = BigInt(entry.ms) * 1_000_000n + BigInt(entry.subNs);
  return { labels: new Labels(entry.current()), source: { line: entry.line, timestamp } };
}
