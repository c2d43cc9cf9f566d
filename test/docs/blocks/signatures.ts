/** A parameter, as TypeScript spells it. */
export interface Parameter {
  readonly name: string;
  readonly type: string;
}

/** What a block exports that wants to be called: a function, a class, or a method of one. */
export interface Signature {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** The class that has it. */
  readonly of?: string | undefined;
}

/** Exported functions, exported classes with the parameters of their constructors, and methods of these. */
export function signaturesOf(code: string): { functions: Signature[]; classes: Signature[] } {
  const functions = [...code.matchAll(/^export (?:async )?function (\w+)\((.*)\):/gm)].map(
    ([, name = '', list = '']): Signature => ({ name, parameters: parametersOf(list) }),
  );
  const classes: Signature[] = [];
  for (const [, name = '', body = ''] of code.matchAll(/^export class (\w+) .*?\{\n(.*?)^\}/gms)) {
    const [, list = ''] = /^ {2}constructor\((.*)\) \{$/m.exec(body) ?? [];
    classes.push({ name, parameters: parametersOf(list) });
    for (const [, method = '', parameters = ''] of body.matchAll(/^ {2}(\w+)\((.*)\): .* \{$/gm))
      functions.push({ name: method, parameters: parametersOf(parameters), of: name });
  }
  return { functions, classes };
}

/** What a block declares to be there: `declare const logging: ICloudWatchLogging`. */
export function declaredIn(code: string): Parameter[] {
  return [...code.matchAll(/^declare const (\w+): (.*);$/gm)].map(([, name = '', type = '']) => ({
    name,
    type,
  }));
}

function parametersOf(list: string): Parameter[] {
  return list
    .split(/, (?=\w+: )/)
    .filter((each) => each !== '')
    .map((each) => {
      const [, name = '', type = ''] = /^(\{[^}]*\}|\w+): (.*)$/s.exec(each) ?? [];
      return { name, type };
    });
}
