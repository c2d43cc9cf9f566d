const { CloudWatchLogsClient } = require('@aws-sdk/client-cloudwatch-logs');
const { add, logger } = require('../app.cjs');

jest.mock('@aws-sdk/client-cloudwatch-logs', () => {
  const actual = jest.requireActual('@aws-sdk/client-cloudwatch-logs');
  class Client extends actual.CloudWatchLogsClient {
    static sent = [];
    async send(command) {
      Client.sent.push(command.constructor.name);
      return { $metadata: { requestId: 'r-1' } };
    }
  }
  return { ...actual, CloudWatchLogsClient: Client };
});

test('delivers by the client that the test has mocked', async () => {
  expect(add(1, 2)).toBe(3);
  await logger.flush();
  expect(CloudWatchLogsClient.sent).toEqual(['PutLogEventsCommand']);
});
