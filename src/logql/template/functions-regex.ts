import { expandTemplate } from "../regex/expand.ts";
import { compileRe2, type Re2, type RegexMatch } from "../regex/re2.ts";
import { RegexSyntaxError } from "../regex/syntax.ts";
import { asText } from "./cast.ts";
import type { TemplateFunction } from "./functions.ts";
import { TemplateRunError } from "./values.ts";

/** The functions on regular expressions. */
export const regexFunctions: Readonly<Record<string, TemplateFunction>> = {
  count: {
    min: 2,
    max: 2,
    call: ([pattern, text]) => BigInt(allMatches(compile(asText(pattern)), asText(text)).length),
  },
  regexReplaceAll: {
    min: 3,
    max: 3,
    call: ([pattern, text, replacement]) => {
      const regex = compile(asText(pattern));
      return replaceMatches(regex, asText(text), (match) =>
        expandTemplate(asText(replacement), match, regex.names),
      );
    },
  },
  regexReplaceAllLiteral: {
    min: 3,
    max: 3,
    call: ([pattern, text, replacement]) =>
      replaceMatches(compile(asText(pattern)), asText(text), () => asText(replacement)),
  },
};

// A template calls a function once a line, mostly with the same pattern.
const compiled: Map<string, Re2> = new Map();
const maxCompiled = 100;

function compile(pattern: string): Re2 {
  const known = compiled.get(pattern);
  if (known) return known;
  try {
    const regex = compileRe2(pattern);
    if (compiled.size >= maxCompiled) compiled.clear();
    compiled.set(pattern, regex);
    return regex;
  } catch (error) {
    if (error instanceof RegexSyntaxError) throw new TemplateRunError(error.message);
    throw error;
  }
}

/** All matches that do not overlap. As in Go, an empty one right after another match does not count. */
function allMatches(regex: Re2, text: string): RegexMatch[] {
  const matches: RegexMatch[] = [];
  let previousEnd = -1;
  for (let at = 0; at <= text.length; ) {
    const match = regex.exec(text, at);
    if (!match) break;
    const empty = match.end === match.index;
    if (!empty || match.index !== previousEnd) matches.push(match);
    previousEnd = match.end;
    at = empty ? match.end + ((text.codePointAt(match.end) ?? 0) > 0xffff ? 2 : 1) : match.end;
  }
  return matches;
}

export function replaceMatches(regex: Re2, text: string, replace: (match: RegexMatch) => string): string {
  let result = "";
  let last = 0;
  for (const match of allMatches(regex, text)) {
    result += text.slice(last, match.index) + replace(match);
    last = match.end;
  }
  return result + text.slice(last);
}
