import { parseFilterPattern } from '../filter-pattern/filter-pattern.js';
import { operation } from './operation.js';

/** Messages are counted from 1 (reported; the examples of the API count from 0). */
export const testMetricFilter = operation('TestMetricFilter', {
  honours: ['filterPattern', 'logEventMessages'],
  enforces: 'the pattern; 50 messages, counted from 1; the fields of space-delimited messages',
  run({ filterPattern, logEventMessages }) {
    const { matches, extract } = parseFilterPattern(filterPattern);
    const found = logEventMessages
      .map((eventMessage, index) => ({ eventNumber: index + 1, eventMessage }))
      .filter(({ eventMessage }) => matches(eventMessage));
    return {
      matches: found.map((each) => ({ ...each, extractedValues: extract(each.eventMessage) })),
    };
  },
});
