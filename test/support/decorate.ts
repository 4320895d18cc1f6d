/** One method's decorators, and those of its parameters by position. */
export interface MethodDecorators {
  readonly on: readonly MethodDecorator[];
  readonly parameters?: readonly ParameterDecorator[];
}

/** Apply decorators as a compiler would: the tests are compiled by one that has no old decorators. */
export function decorate<T extends new (...args: never[]) => object>(
  target: T,
  onClass: readonly ClassDecorator[],
  methods: Readonly<Record<string, MethodDecorators>> = {},
): T {
  const prototype = target.prototype as object;
  for (const [name, { on, parameters = [] }] of Object.entries(methods)) {
    parameters.forEach((parameter, at) => {
      parameter(prototype, name, at);
    });
    const descriptor = Object.getOwnPropertyDescriptor(prototype, name);
    if (descriptor === undefined) throw new Error(`${target.name} has no method ${name}`);
    for (const method of on) method(prototype, name, descriptor);
  }
  for (const decorator of onClass) decorator(target);
  return target;
}
