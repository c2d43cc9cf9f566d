import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../..');

test('the CDK CLI synthesizes the app that cdk.json names, without credentials, and bundles the function', () => {
  // GIVEN an environment that knows nothing of AWS
  const home = mkdtempSync(join(tmpdir(), 'fapilog-cloudwatch-synth-'));
  const env = { PATH: process.env['PATH'], HOME: home, AWS_EC2_METADATA_DISABLED: 'true', CI: 'true' };
  const cdk = join(root, 'node_modules/.bin/cdk');

  // WHEN
  const { status, stderr } = spawnSync(cdk, ['synth', '--quiet', '--output', join(home, 'out')], {
    cwd: root,
    env,
    encoding: 'utf8',
  });

  // THEN
  expect({ status, stderr }).toEqual({ status: 0, stderr });
  const manifest = JSON.parse(readFileSync(join(home, 'out/HttpServiceLogging.assets.json'), 'utf8')) as {
    files: Record<string, { source: { path: string; packaging: string } }>;
  };
  const [code] = Object.values(manifest.files).filter(({ source }) => source.packaging === 'zip');
  expect(existsSync(join(home, 'out', code!.source.path, 'index.js'))).toBe(true);
  rmSync(home, { recursive: true });
}, 120_000);
