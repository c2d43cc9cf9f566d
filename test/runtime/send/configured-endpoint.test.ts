import { configuredEndpoint } from '../../../runtime/send/configured-endpoint.js';

test.each([
  [{}, undefined],
  [{ AWS_ENDPOINT_URL: 'http://all' }, 'http://all'],
  [{ AWS_ENDPOINT_URL: 'http://all', AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: 'http://logs' }, 'http://logs'],
  [{ AWS_ENDPOINT_URL: 'http://all', AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: '' }, 'http://all'],
  [{ AWS_ENDPOINT_URL: '', AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: '' }, undefined],
])('of the variables %j, the endpoint is %s', (env, endpoint) => {
  expect(configuredEndpoint(env)).toBe(endpoint);
});
