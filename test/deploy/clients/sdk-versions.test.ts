import { join } from 'node:path';
import type { DeliveryReport } from '../../../runtime/index.js';
import { startLocalCloudWatchLogs } from '../../../local/index.js';
import { root } from '../../support/imports.js';
import { runWith } from '../../support/programs.js';
import { describeWith, findSdks } from '../../support/tools.js';

const PROGRAM = join(root, 'test/pipeline/programs/own-client.mjs');

/** That of this package, and others. */
const sdks = new Map([['of this package', root], ...findSdks()]);

describeWith(sdks.size > 1 ? sdks : undefined)('a client of the SDK', () => {
  test.each([...sdks])('%s delivers, one attempt for each call, and is as it was', async (_, SDK) => {
    const service = await startLocalCloudWatchLogs();
    service.inject(
      { kind: 'unavailable', operation: 'PutLogEvents', times: 2 },
      { kind: 'throttle', operation: 'PutLogEvents', times: 1 },
      { kind: 'resetBefore', operation: 'PutLogEvents', times: 1 },
    );

    const { stdout, stderr, code } = await runWith([PROGRAM], {
      PATH: process.env['PATH'],
      HOME: '/nowhere',
      SDK,
      SERVICE_URL: service.endpoint,
      AWS_ACCESS_KEY_ID: 'AKIDCLIENT',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    });
    const puts = service.calls.filter(({ operation }) => operation === 'PutLogEvents');
    await service.close();

    expect(code === 0 ? '' : stderr).toBe('');
    const { report, ...others } = JSON.parse(stdout) as { readonly report: DeliveryReport };
    expect(report).toMatchObject({ accepted: 50, delivered: 50, pending: 0 });
    expect(others).toEqual({ streams: 1, isUnchanged: true });
    expect(puts.length).toBeLessThanOrEqual(report.calls);
  });
});
