import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { userAgent } from '../../../runtime/direct/user-agent.js';
import { root } from '../../support/imports.js';

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

test('it names the package with its version', () => {
  expect(userAgent({})).toBe(`fapilog-cloudwatch/${version}`);
});

test('it names the application as the variable of the AWS SDKs does, whatever stands there', () => {
  const env = { AWS_SDK_UA_APP_ID: 'my shop/2 ü\r\n' };
  expect(userAgent(env)).toBe(`fapilog-cloudwatch/${version} app/my-shop-2----`);
});
