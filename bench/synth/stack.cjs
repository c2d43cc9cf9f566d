/** The part that both stacks share: a function, in an app that writes only to a new directory. */
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { sep } = require('node:path');
const { App, Stack } = require('aws-cdk-lib');
const { Code, Function: LambdaFunction, Runtime } = require('aws-cdk-lib/aws-lambda');

// Switched off: CDK's check of the template takes seconds with or without the construct, and would hide the difference.
process.env.CDK_VALIDATION = 'false';

/** Times the definition of a stack and its synthesis; what the definition imports counts. */
exports.timedSynth = (define) => {
  const outdir = mkdtempSync(`${tmpdir()}${sep}bench-synth-`);
  const startMs = performance.now();
  const start = process.cpuUsage();
  const app = new App({ outdir, analyticsReporting: false });
  const stack = new Stack(app, 'Stack');
  define(stack, (props) => {
    return new LambdaFunction(stack, 'Function', {
      runtime: Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async () => undefined;'),
      ...props,
    });
  });
  app.synth();
  const { user, system } = process.cpuUsage(start);
  const sample = { wallMs: performance.now() - startMs, cpuMs: (user + system) / 1_000 };
  rmSync(outdir, { recursive: true });
  return sample;
};
