import { checkTogether } from '../../../cli/query/query-options.js';

test.each([
  [
    undefined,
    { group: ['/a'], file: 'f', saved: 's' },
    'The query is given twice, as --file and --saved. Give one.',
  ],
  ['limit 1', { group: ['/a'], file: 'f' }, 'The query is given twice, as an argument and --file. Give one.'],
  ['limit 1', { group: ['/a'], parameter: { a: '1' } }, '--parameter a needs --saved NAME.'],
  [
    'limit 1',
    {},
    "There is no log group to query. Give -g NAME, such as -g /myapp/production or -g '/myapp/*'.",
  ],
  ['limit 1', { group: ['/a'], since: 2, until: 2 }, '--since has to be before --until.'],
])('%j with %j is a failure', (argument, options, message) => {
  expect(() => checkTogether(argument, options)).toThrow(message);
});

test.each([
  ['limit 1', { group: ['/a'], since: 1, until: 2 }],
  [undefined, { saved: 's', parameter: { a: '1' } }],
  [undefined, { group: ['/a'], file: 'f' }],
])('%j with %j goes together', (argument, options) => {
  expect(() => checkTogether(argument, options)).not.toThrow();
});
