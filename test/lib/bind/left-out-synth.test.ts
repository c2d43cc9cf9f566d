import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../support/imports.js';
import { withSynthesized } from '../../support/synthesized.js';

const app = `node ${join(root, 'test/lib/bind/left-out-app.mjs')}`;

const synthArguments = (...given: string[]): string[] => ['--strict', '--app', [app, ...given].join(' ')];

/** Ids of the warnings that `cdk synth` shows, each with the path that it is at. */
function shown(output: string): string[] {
  const found = output.matchAll(
    /^ {3}(Everything\S*|edge-lambda-stack\S*).*\n {3}Acknowledge with '.*?::fapilog-cloudwatch:(.*)'$/gm,
  );
  return [...found].map(([, path, id]) => `${path!.replace(/-c8\w+/, '')} ${id!}`).toSorted();
}

describe('cdk synth --strict of all that cannot be bound', () => {
  test('fails, and shows each of it with its id', () => {
    withSynthesized(synthArguments('flags'), ({ status, stderr }) => {
      expect(status).toBe(1);
      expect(shown(stderr)).toEqual([
        'Everything/Attached networkInterface',
        'Everything/ImportedFunction leftOut',
        'Everything/ImportedTask leftOut',
        'Everything/Included/Fn leftOut',
        'Everything/Job/Resource leftOut',
        'Everything/L1 leftOut',
        'Everything/L1Task leftOut',
        'Everything/Logging otherStage:Production',
        'Everything/Sam leftOut',
        'Everything/Task/silent environmentFiles',
        'Everything/Task/silent noLogDriver',
        'Everything/Task/small smallLogBuffer',
        'edge-lambda-stack/Edge leftOut',
      ]);
    });
  }, 120_000);

  test.each([
    ['without feature flags', []],
    ['with the recommended feature flags', ['flags']],
  ])(
    'succeeds once these ids are acknowledged, %s',
    (_, flags) => {
      withSynthesized(synthArguments('acknowledge', ...flags), ({ status, stderr, directory }) => {
        expect({ status, stderr }).toEqual({ status: 0, stderr });
        const template = readFileSync(join(directory, 'Everything.template.json'), 'utf8');
        expect(template.match(/"FAPILOG_CLOUDWATCH__LOG_GROUP_NAME"/g)).toHaveLength(4);
      });
    },
    120_000,
  );
});
