import { resourceFromAttributes } from '@opentelemetry/resources';
import { diag } from '@opentelemetry/api';
import { linesOf, toldOf } from '../../../support/otel-stage.js';

const attributes = {
  'service.name': 'shop',
  'service.version': '1.2.3',
  'process.command_args': ['node', 'server.js'],
  'host.name': 'h-1',
};
const provider = { resource: resourceFromAttributes(attributes) };

test('a line tells the service, and not all that is known of its process', () => {
  expect(toldOf({ body: 'x' }, { provider })).toEqual({
    level: 'info',
    message: 'x',
    'service.name': 'shop',
    'service.version': '1.2.3',
  });
});

test.each([
  [['host.name', 'cloud.region'], { 'host.name': 'h-1' }],
  [[], {}],
  ['all' as const, attributes],
])('with resourceAttributes %j a line has these', (resourceAttributes, expected) => {
  const told = toldOf({ body: 'x' }, { provider, processor: { resourceAttributes } });

  expect(told).toEqual({ level: 'info', message: 'x', ...expected });
});

test('a service that nobody has named has no name', () => {
  const resource = resourceFromAttributes({ 'service.name': 'unknown_service:node' });

  expect(toldOf({ body: 'x' }, { provider: { resource } })).not.toHaveProperty(['service.name']);
});

test('what is still being found out is missing until it is known, and the SDK has nothing to complain of', async () => {
  // GIVEN
  const complaints: unknown[] = [];
  const log = (...args: unknown[]): void => void complaints.push(args);
  diag.setLogger({ error: log, warn: log, info: log, debug: log, verbose: log });
  const late = Promise.resolve('h-2');
  const resource = resourceFromAttributes({ 'service.name': 'shop', 'host.name': late });
  const options = { provider: { resource }, processor: { resourceAttributes: 'all' as const } };

  // WHEN
  const early = toldOf({ body: 'x' }, options);
  await resource.waitForAsyncAttributes?.();
  const later = toldOf({ body: 'x' }, options);
  diag.disable();

  // THEN
  expect(early).toEqual({ level: 'info', message: 'x', 'service.name': 'shop' });
  expect(later).toEqual({ level: 'info', message: 'x', 'service.name': 'shop', 'host.name': 'h-2' });
  expect(complaints).toEqual([]);
});

test('the scope is told by name, version and attributes', () => {
  const [line] = linesOf([{ body: 'x' }], {
    scope: ['checkout', '2.0.0', { attributes: { team: 'payments' } }],
  });

  expect(line).toMatchObject({
    'otel.scope.name': 'checkout',
    'otel.scope.version': '2.0.0',
    'otel.scope.attributes': { team: 'payments' },
  });
});
