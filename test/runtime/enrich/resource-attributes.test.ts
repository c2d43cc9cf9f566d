import { resourceAttributes } from '../../../runtime/enrich/resource-attributes.js';

test.each<[string | undefined, Record<string, string>]>([
  [undefined, {}],
  ['', {}],
  ['a=1', { a: '1' }],
  [' a = 1 , deployment.environment=pre%20prod', { a: '1', 'deployment.environment': 'pre prod' }],
  ['a=,b', {}],
  ['a=1,b=%zz', {}],
])('%j', (text, expected) => {
  const env = text === undefined ? {} : { OTEL_RESOURCE_ATTRIBUTES: text };
  expect(resourceAttributes(env)).toEqual(expected);
});
