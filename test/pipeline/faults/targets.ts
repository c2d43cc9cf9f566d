import { pause, TARGET, until } from '../../support/delivery-stage.js';
import type { Scenario } from './scenario.js';

const { logGroupName } = TARGET;

/** Where the events go is not there. */
export const targets: readonly Scenario[] = [
  {
    name: 'neither group nor stream there at the start',
    options: { provisioned: false, sink: { retentionInDays: 30 } },
    async run(stage) {
      await stage.logMany(500);
      await stage.sink.flush();
    },
    check: (_, stage) => {
      expect(stage.puts.filter(({ status }) => status === 400).length).toBeLessThanOrEqual(2);
      expect(
        stage.service.calls
          .filter(
            (call) =>
              call.status !== 0 && call.operation !== 'GetLogEvents' && call.operation !== 'PutLogEvents',
          )
          .map(({ operation }) => operation),
      ).toEqual(['CreateLogStream', 'CreateLogGroup', 'PutRetentionPolicy', 'CreateLogStream']);
    },
  },
  {
    name: 'the stream deleted while running',
    async run(stage) {
      await stage.logMany(500);
      await stage.sink.flush();
      await stage.delete('stream');
      await stage.logMany(500);
      await stage.sink.flush();
    },
    check: (_, stage) => {
      expect(stage.callsOf('CreateLogStream')).toHaveLength(1);
      expect(stage.callsOf('CreateLogGroup')).toHaveLength(0);
    },
  },
  {
    name: 'the group deleted while running, `createLogGroup` on',
    options: { sink: { createLogGroup: true, retentionInDays: 30 } },
    async run(stage) {
      await stage.logMany(500);
      await stage.sink.flush();
      await stage.delete('group');
      await stage.logMany(500);
      await stage.sink.flush();
      const { logGroups } = await stage.client.describeLogGroups({});
      expect(logGroups).toMatchObject([{ logGroupName, retentionInDays: 30 }]);
    },
    check: (_, stage) => {
      expect(stage.callsOf('CreateLogGroup')).toHaveLength(1);
      expect(stage.callsOf('PutRetentionPolicy')).toHaveLength(1);
      expect(stage.callsOf('CreateLogStream')).toHaveLength(2);
    },
  },
  {
    name: 'the group deleted while running, `createLogGroup` off, made again by hand',
    options: { sink: { createLogGroup: false } },
    async run(stage) {
      await stage.logMany(500);
      await stage.sink.flush();
      await stage.delete('group');
      await stage.logMany(500);
      await pause(200);
      expect(stage.sink.stats()).toMatchObject({ delivered: 500, pending: 500 });
      await stage.client.createLogGroup({ logGroupName });
      await stage.sink.flush();
    },
    says: ['failed.ResourceNotFoundException'],
    check: (_, stage) => expect(stage.callsOf('CreateLogGroup')).toHaveLength(0),
  },
  {
    name: 'a stream that is there, and said to be missing again and again',
    options: { sink: { retryBaseDelay: 60 } },
    async run(stage) {
      stage.inject({ kind: 'missing', times: Number.POSITIVE_INFINITY });
      await stage.logMany(10);
      await until(() => stage.puts.length >= 4);
      await pause(100);
      // Creating it does not help, so the call backs off like any other that fails.
      expect(stage.puts).toHaveLength(4);
      stage.clearFaults();
    },
  },
  {
    name: 'a call to create the stream that hangs',
    options: { sink: { requestTimeoutSeconds: 0.5 } },
    async run(stage) {
      await stage.logMany(500);
      await stage.sink.flush();
      await stage.delete('stream');
      stage.inject({ kind: 'hang', operation: 'CreateLogStream' });
      await stage.logMany(500);
      await stage.sink.flush();
    },
    says: ['failed.RequestTimeout'],
    check: (_, stage) => expect(stage.callsOf('CreateLogStream')).toHaveLength(2),
  },
  {
    name: 'no permission to create the group, made by others later',
    options: { provisioned: false, sink: { createLogGroup: true } },
    async run(stage) {
      stage.inject({
        kind: 'accessDenied',
        operation: 'CreateLogGroup',
        times: Number.POSITIVE_INFINITY,
        when: ({ accessKeyId }) => accessKeyId === 'AKIDSINK',
      });
      await stage.logMany(500);
      await pause(200);
      expect(stage.sink.stats()).toMatchObject({ delivered: 0, pending: 500 });
      await stage.client.createLogGroup({ logGroupName });
      await stage.sink.flush();
    },
    says: ['failed.AccessDeniedException'],
  },
];
