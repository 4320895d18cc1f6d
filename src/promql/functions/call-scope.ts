import type { Matrix } from "../../logql/parts.ts";
import { type EvaluationContext, timeAt } from "../evaluate/context.ts";
import type { EvaluateVector } from "../evaluate/evaluate.ts";
import { type RangeVector, rangeVectorOf } from "../evaluate/range-series.ts";
import type { Call, Expression } from "../syntax/ast.ts";
import { typeOf } from "../syntax/check.ts";

export interface Evaluators {
  readonly evaluateVector: EvaluateVector;
  readonly evaluateScalar: (expression: Expression, context: EvaluationContext) => Float64Array;
}

/** The arguments of one call, evaluated as they are asked for. */
export class CallScope {
  readonly node: Call;
  readonly context: EvaluationContext;
  readonly #evaluators: Evaluators;

  constructor(node: Call, context: EvaluationContext, evaluators: Evaluators) {
    this.node = node;
    this.context = context;
    this.#evaluators = evaluators;
  }

  get steps(): number {
    return this.context.grid.count;
  }

  argument(index: number): Expression {
    const argument = this.node.args[index];
    if (!argument) throw new Error(`${this.node.name} lacks argument ${index}`);
    return argument;
  }

  vector(index: number): Matrix {
    return this.#evaluators.evaluateVector(this.argument(index), this.context);
  }

  scalar(index: number): Float64Array {
    return this.#evaluators.evaluateScalar(this.argument(index), this.context);
  }

  /** The scalar arguments, in order. */
  scalars(): Float64Array[] {
    return this.node.args.flatMap((argument, i) => (typeOf(argument) === "scalar" ? [this.scalar(i)] : []));
  }

  texts(): string[] {
    return this.node.args.flatMap((argument) => (argument.kind === "string" ? [argument.text] : []));
  }

  range(): RangeVector {
    const argument = this.node.args.find((each) => typeOf(each) === "range vector") ?? this.node;
    return rangeVectorOf(argument, this.context, this.#evaluators.evaluateVector);
  }

  times(): Float64Array {
    return Float64Array.from({ length: this.steps }, (_, step) => timeAt(this.context.grid, step) / 1000);
  }
}
