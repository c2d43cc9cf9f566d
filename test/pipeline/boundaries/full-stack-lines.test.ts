import { isBalanced, type Account } from '../../../runtime/ack/ledger.js';
import { startLocalCloudWatchLogs, type LocalCloudWatchLogs } from '../../../local/index.js';
import { runProgram } from '../../support/program.js';

let service: LocalCloudWatchLogs;

beforeEach(async () => {
  service = await startLocalCloudWatchLogs();
});

afterEach(() => service.close());

interface Outcome {
  readonly written: number;
  readonly refused: number;
  readonly accepted: number;
  readonly account: Account;
}

/** Lines of two pieces each are half as many as calls. */
test.each([
  ['stream', 'json', 1],
  ['stream', 'text', 1],
  ['stream', 'pieces', 2],
  ['stream', 'objects', 1],
  ['pino', 'json', 1],
  ['pino', 'text', 1],
  ['pino', 'pieces', 2],
])(
  'on a full stack, each line whose call returned is in the account, and stored or dropped: %s, %s',
  async (through, kind, callsPerLine) => {
    for (const warm of ['0', '400']) {
      const env = { SERVICE_URL: service.endpoint, THROUGH: through, KIND: kind, WARM: warm };
      const { by, stdout } = await runProgram('fills-the-stack.mjs', { env });
      expect(by).toBe(0);
      const { written, refused, accepted, account } = JSON.parse(stdout) as Outcome;

      expect(written).toBeGreaterThan(1_000);
      expect(refused).toBeLessThan(60);
      expect(accepted).toBeGreaterThanOrEqual(Math.floor(written / callsPerLine));
      expect(isBalanced(account)).toBe(true);
      expect(account.delivered + account.dropped.total).toBe(account.accepted);
      expect(account.delivered).toBeGreaterThan(1_000);
    }
  },
  60_000,
);
