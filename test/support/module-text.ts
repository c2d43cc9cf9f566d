import { transformSync } from '@swc/core';

/** The JavaScript of a block, with more statements behind it. Lines of the block keep their numbers. */
export function moduleText(code: string, more = ''): string {
  const parser = { syntax: 'typescript', decorators: true } as const;
  const transform = { legacyDecorator: true, decoratorMetadata: true };
  const { code: text } = transformSync(`${code}\n${more}`, {
    jsc: { target: 'es2022', parser, transform },
    module: { type: 'es6' },
  });
  return text;
}
