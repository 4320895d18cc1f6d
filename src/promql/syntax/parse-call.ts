import type { Call, Expression } from "./ast.ts";
import type { PromqlCursor } from "./cursor.ts";
import { argumentCounts, functionSignatures, refusedFunctions } from "./functions.ts";

/** Read a function with its arguments; their types are checked once the whole tree is there. */
export function parseCall(cursor: PromqlCursor, inner: () => Expression): Call {
  const { text: name, offset } = cursor.next();
  const signature = functionSignatures.get(name);
  const refused = refusedFunctions.get(name);
  if (!signature && refused === undefined) {
    throw cursor.error(`unknown function with name ${JSON.stringify(name)}`, offset);
  }
  if (!signature) throw cursor.refusal(`${name}: ${refused}`, offset);
  cursor.expect("(", "a function call");
  const args = cursor.list(")", "a function call", inner);
  const { least, most } = argumentCounts(signature);
  if (args.length >= least && args.length <= most) return { kind: "call", name, args, offset };
  const bound = least === most ? "" : args.length < least ? "at least " : "at most ";
  throw cursor.error(
    `expected ${bound}${args.length < least ? least : most} argument(s) in call to ${JSON.stringify(name)}, got ${args.length}`,
    offset,
  );
}
