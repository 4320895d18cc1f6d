import { compileGoTemplate, GoTemplateError, TextMap } from "../../logql/index.ts";
import type { TemplateContext } from "../rule-environment.ts";
import { alertFunctionNames, alertFunctions } from "./alert-functions.ts";
import { Struct } from "./struct.ts";

// The variables Prometheus offers beside the fields of the dot.
const prelude =
  "{{$labels := .Labels}}{{$externalLabels := .ExternalLabels}}{{$externalURL := .ExternalURL}}{{$value := .Value}}";

/** What is wrong with the text of a template; undefined when it parses. */
export function templateProblem(text: string): string | undefined {
  try {
    compileGoTemplate(prelude + text, alertFunctionNames);
    return undefined;
  } catch (error) {
    if (error instanceof GoTemplateError) return error.message;
    throw error;
  }
}

/**
 * Expand a label or annotation. A template that fails becomes a text that says so, as in Prometheus: an alert is sent
 * all the same.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/template_reference/
 */
export function expandAlertTemplate(text: string, context: TemplateContext): string {
  if (!text.includes("{{")) return text;
  const dot = new Struct([
    ["Labels", new TextMap(Object.entries(context.labels))],
    ["ExternalLabels", new TextMap(Object.entries(context.externalLabels))],
    ["ExternalURL", context.externalUrl],
    ["Value", context.value],
  ]);
  try {
    return compileGoTemplate(prelude + text, alertFunctionNames)(dot, alertFunctions(context));
  } catch (error) {
    if (error instanceof GoTemplateError) return `<error expanding template: ${error.message}>`;
    throw error;
  }
}
