import { Socket } from 'node:net';
import { startLocalCloudWatchLogs, type LocalCloudWatchLogs } from '../../../local/index.js';
import { sdkPort } from '../../../runtime/sdk/sdk-port.js';
import { useDummyCredentials } from '../../support/delivery-stage.js';
import { TARGET } from '../../support/events.js';

/** The SDK sets some of its timers only after three seconds. */
const CALL_MS = 3_500;

/** An inactive socket is given up after this time, says the SDK. */
const SDK_SOCKET_TIMEOUT_MS = 300_000;

const environment = process.env;
let server: LocalCloudWatchLogs;

beforeEach(async () => {
  server = await startLocalCloudWatchLogs();
});

afterEach(async () => {
  process.env = environment;
  jest.restoreAllMocks();
  await server.close();
});

test('the SDK has no time-out of its own, whatever its environment says: it would not know of a standstill', async () => {
  process.env = {
    ...environment,
    AWS_DEFAULTS_MODE: 'standard',
    AWS_ENABLE_DEFAULT_SOCKET_TIMEOUT_2026: 'true',
  };
  useDummyCredentials();
  server.inject({ kind: 'delay', operation: '*', delayMs: CALL_MS });
  const socketTimeouts = jest.spyOn(Socket.prototype, 'setTimeout');
  const timers = jest.spyOn(globalThis, 'setTimeout');
  const settings = { endpointUrl: server.endpoint, region: 'us-east-1', requestTimeoutSeconds: 15 };
  const port = sdkPort({ settings, onServiceDate: () => undefined });

  const call = port.createLogStream(TARGET, new AbortController().signal);
  await expect(call).rejects.toThrow('log group does not exist');

  expect(socketTimeouts.mock.calls.map(([delayMs]) => delayMs)).not.toContain(SDK_SOCKET_TIMEOUT_MS);
  // One warns where sockets are scarce, one keeps the connection alive, and the third delays the answer.
  expect(timers.mock.calls.map(([, delayMs]) => delayMs)).toEqual([3_000, 3_000, CALL_MS]);
  port.close();
});
