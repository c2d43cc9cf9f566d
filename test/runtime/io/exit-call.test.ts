import { isInExitCall } from '../../../runtime/io/exit-call.js';

const prepareStackTrace = Reflect.get(Error, 'prepareStackTrace');
const { stackTraceLimit } = Error;

afterEach(() => {
  Error.prepareStackTrace = prepareStackTrace;
  Error.stackTraceLimit = stackTraceLimit;
});

test('an ordinary call is none of process.exit(), and leaves the length of stacks as it was', () => {
  Error.stackTraceLimit = 7;

  expect(isInExitCall()).toBe(false);
  expect(Error.stackTraceLimit).toBe(7);
});

test('the length of stacks is as it was, too, where what an application makes of them throws', () => {
  Error.stackTraceLimit = 7;
  Error.prepareStackTrace = () => {
    throw new Error('no stack');
  };

  const thrown = thrownBy(isInExitCall);
  Error.prepareStackTrace = prepareStackTrace;

  expect(thrown).toMatchObject({ message: 'no stack' });
  expect(Error.stackTraceLimit).toBe(7);
});

function thrownBy(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}
