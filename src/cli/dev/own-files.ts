import { displayPath, parseRuleFile, problemText } from "../../rules/index.ts";
import { usageError } from "../command.ts";
import { filesOf, readText, ruleFilesOf } from "../files.ts";
import { dashboardProblem } from "./dashboard-files.ts";

type Say = (text: string) => void;

/** Check the dashboards that `--dashboards` names. @throws TaffrailError for an argument that leads to none. */
export function checkDashboards(patterns: readonly string[], say: Say): void {
  usableFiles("--dashboards", patterns, { files: filesOf, problem: dashboardProblem, say });
}

/** The rule files that `--rules` names. @throws TaffrailError for an argument that leads to no rule. */
export function ownRuleFiles(patterns: readonly string[], say: Say): string[] {
  return usableFiles("--rules", patterns, { files: ruleFilesOf, problem: ruleProblem, say });
}

interface Judge {
  readonly files: (patterns: readonly string[]) => string[];
  /** Why a file is of no use; undefined where it is. */
  readonly problem: (path: string) => string | undefined;
  readonly say: Say;
}

// Of a pattern, what is of no use is said and left out; but each argument is there to bring something.
function usableFiles(option: string, patterns: readonly string[], { files, problem, say }: Judge): string[] {
  return patterns.flatMap((pattern) => {
    const judged = files([pattern]).map((path) => ({ path, reason: problem(path) }));
    const usable = judged.flatMap(({ path, reason }) => (reason === undefined ? path : []));
    const reasons = judged.flatMap(({ reason }) => reason ?? []);
    if (usable.length === 0) throw usageError(`${option} ${pattern}: ${reasons.join("; ")}`);
    for (const reason of reasons) say(reason);
    return usable;
  });
}

function ruleProblem(path: string): string | undefined {
  const { file, problems } = parseRuleFile(readText(path), displayPath(path));
  const [first] = problems;
  // Of a file with some rules that are right, the others are said where they are loaded.
  return first && file.groups.every(({ rules }) => rules.length === 0) ? problemText(first) : undefined;
}
