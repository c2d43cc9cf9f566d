import { keptByLambda } from '../../../runtime/io/lambda-logging.js';

const TIME_MS = Date.UTC(2026, 0, 31, 12);

test.each(['WARN', 'ERROR', 'FATAL'])('from %s on, a text is a line of that level', (applied) => {
  const env = { AWS_LAMBDA_LOG_FORMAT: 'JSON', AWS_LAMBDA_LOG_LEVEL: applied };
  expect(JSON.parse(keptByLambda('it "failed"', TIME_MS, env))).toEqual({
    timestamp: '2026-01-31T12:00:00.000Z',
    level: applied.toLowerCase(),
    message: 'it "failed"',
  });
});

test.each([
  [{}],
  [{ AWS_LAMBDA_LOG_FORMAT: 'Text', AWS_LAMBDA_LOG_LEVEL: 'ERROR' }],
  [{ AWS_LAMBDA_LOG_FORMAT: 'JSON', AWS_LAMBDA_LOG_LEVEL: 'INFO' }],
  [{ AWS_LAMBDA_LOG_FORMAT: 'JSON' }],
])('with %j, Lambda keeps the text as it is', (env) => {
  expect(keptByLambda('it failed', TIME_MS, env)).toBe('it failed');
});
