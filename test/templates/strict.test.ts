import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { flagSets } from '../lib/stacks.js';
import { withSynthesized } from '../support/synthesized.js';
import { withoutBundling } from '../support/template.js';
import { everyFeature } from './every-feature.js';

const home = mkdtempSync(join(tmpdir(), 'fapilog-cloudwatch-strict-'));

afterAll(() => rmSync(home, { recursive: true }));

test.each(flagSets)(
  'the CDK CLI synthesizes every feature with --strict, to which a warning is an error, %s',
  (_, context) => {
    const app = new App({
      outdir: mkdtempSync(`${home}/`),
      context: { ...context, ...withoutBundling },
    });
    everyFeature(app);
    const { directory } = app.synth();

    withSynthesized(['--strict', '--app', directory], ({ status, stderr }) => {
      expect({ status, stderr }).toEqual({ status: 0, stderr });
    });
  },
  120_000,
);
