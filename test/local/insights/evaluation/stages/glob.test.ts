import * as fc from 'fast-check';
import { globMatch } from '../../../../../local/insights/evaluation/stages/glob.js';

function match(pattern: string, text: string): string[] | undefined {
  return globMatch({ kind: 'glob', texts: pattern.split('*'), names: [] }, text);
}

describe('a pattern with wildcards', () => {
  test.each([
    [
      'user=*, method:*, latency := *',
      'at 7 user=ann, method:GET, latency := 12 ms',
      ['ann', 'GET', '12 ms'],
    ],
    ['[*] *', 'note [INFO] hello', ['INFO', 'hello']],
    ['*=*', 'a=b=c', ['a', 'b=c']],
    ['"id":"*"', '{"id":"7","id":"8"}', ['7']],
    ['*', 'all\nof it', ['all\nof it']],
    ['a**', 'abc', ['', 'bc']],
    ['x*y', 'x', undefined],
    ['X*', 'x1', undefined],
  ])('%s of %j is %j', (pattern, text, found) => {
    expect(match(pattern, text)).toEqual(found);
  });

  test('finds what a regular expression with lazy groups finds', () => {
    const few = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 6 });
    fc.assert(
      fc.property(few, few, (pattern, text) => {
        fc.pre(pattern.includes('*'));
        const regex = new RegExp(`${pattern.split('*').join('([^]*?)')}${pattern.endsWith('*') ? '$' : ''}`);

        expect(match(pattern, text)).toEqual(regex.exec(text)?.slice(1));
      }),
      { numRuns: 1_000 },
    );
  });
});
