import { flagSets, functionIn, loggingIn, newStack, ourWarnings } from '../stacks.js';

/** CDK prints the warnings that it finds. */
beforeEach(() => void jest.spyOn(console, 'error').mockImplementation());
afterEach(() => jest.restoreAllMocks());

test.each(flagSets)('a variable of the user that nobody reads has a warning, %s', (_, context) => {
  const stack = newStack(context);
  const environment = {
    FAPILOG_CORE__LOGLEVEL: 'debug',
    FAPILOG_CORE__LOG_LEVEL: 'info',
    FAPILOG_CORE__ENABLE_METRICS: 'true', // of Python's fapilog
    ORDERS: 'x',
  };

  loggingIn(stack).bindTo(functionIn(stack, { environment }));

  expect(ourWarnings(stack)).toEqual([
    'unknown variable FAPILOG_CORE__LOGLEVEL is ignored; did you mean FAPILOG_CORE__LOG_LEVEL? ' +
      '[ack: fapilog-cloudwatch:unknownVariable:FAPILOG_CORE__LOGLEVEL]',
  ]);
});
