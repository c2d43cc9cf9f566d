import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withSynthesized } from '../support/synthesized.js';

test('the CDK CLI synthesizes the app that cdk.json names, without credentials, and bundles the function', () => {
  withSynthesized([], ({ status, stderr, directory }) => {
    expect({ status, stderr }).toEqual({ status: 0, stderr });
    const manifest = JSON.parse(readFileSync(join(directory, 'HttpServiceLogging.assets.json'), 'utf8')) as {
      files: Record<string, { source: { path: string; packaging: string } }>;
    };
    const [code] = Object.values(manifest.files).filter(({ source }) => source.packaging === 'zip');
    expect(existsSync(join(directory, code!.source.path, 'index.js'))).toBe(true);
  });
}, 120_000);
