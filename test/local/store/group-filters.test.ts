import { Stores } from '../../../local/store/stores.js';

const PLACE = { accountId: '123456789012', region: 'us-east-1' };
const NOW_MS = 1_768_478_400_000;

function metricFilter(filterName: string, filterPattern: string) {
  const metricTransformations = [{ metricName: 'm', metricNamespace: 'n', metricValue: '1' }];
  return { filterName, filterPattern, metricTransformations, creationTime: NOW_MS };
}

it('counts the stored events that match each filter, from when it was put', () => {
  const store = new Stores().at(PLACE);
  store.createGroup({ name: 'group', creationTime: NOW_MS, logGroupClass: 'STANDARD' });
  const group = store.group('group');
  group.createStream('stream', NOW_MS);
  const put = (...messages: string[]): void => {
    const events = messages.map((message) => ({ timestamp: NOW_MS, message }));
    store.put(group, group.stream('stream'), events, events, NOW_MS);
  };
  const [errors, json] = [metricFilter('errors', 'ERROR'), metricFilter('json', '{ $.status = 5* }')];
  const subscription = { ...errors, destinationArn: 'arn:aws:lambda:us-east-1:123456789012:function:f' };
  put('ERROR before');
  group.change({ metricFilters: [errors, json] });
  put('ERROR', '{"status":503}', '{"status":200,"text":"ERROR"}');
  group.change({ subscriptionFilters: [subscription] });
  put('ERROR');
  const refused = [{ timestamp: 0, message: 'ERROR, which is too old' }];
  store.put(group, group.stream('stream'), refused, [], NOW_MS);

  const counts = [errors, json, subscription].map((filter) => group.filters.matchesOf(filter));
  expect(counts).toEqual([3, 1, 1]);
  const unknown = metricFilter('unknown', '<of another version>');
  group.change({ metricFilters: [errors, json, unknown] });
  put('<of another version>');
  expect(group.filters.matchesOf(unknown)).toBe(0);
  const replaced = metricFilter('errors', 'ERROR');
  group.change({ metricFilters: [replaced, json] });
  put('ERROR');
  expect([replaced, json].map((filter) => group.filters.matchesOf(filter))).toEqual([1, 1]);
});
