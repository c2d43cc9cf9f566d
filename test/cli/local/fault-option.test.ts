import * as fc from 'fast-check';
import { parseFaults } from '../../../cli/local/fault-option.js';
import { SWITCHABLE_KINDS } from '../../../local/faults/switchable-faults.js';

const put = { operation: 'PutLogEvents' };

test.each([
  ['throttle=0.2', [{ kind: 'throttle', ...put, probability: 0.2 }]],
  ['throttle=20%', [{ kind: 'throttle', ...put, probability: 0.2 }]],
  ['throttle=.5', [{ kind: 'throttle', ...put, probability: 0.5 }]],
  ['hang', [{ kind: 'hang', ...put, probability: 1 }]],
  ['unavailable=0', [{ kind: 'unavailable', ...put, probability: 0 }]],
  ['unavailable@*=1', [{ kind: 'unavailable', operation: '*', probability: 1 }]],
  ['internal@GetLogEvents', [{ kind: 'internal', operation: 'GetLogEvents', probability: 1 }]],
  ['latency=200ms', [{ kind: 'delay', ...put, probability: 1, delayMs: 200 }]],
  ['delay=1.5s', [{ kind: 'delay', ...put, probability: 1, delayMs: 1500 }]],
  [
    'throttle=0.2, latency=60s',
    [
      { kind: 'throttle', ...put, probability: 0.2 },
      { kind: 'delay', ...put, probability: 1, delayMs: 60_000 },
    ],
  ],
])('%s', (text, faults) => {
  expect(parseFaults(text)).toEqual(faults);
});

test('several options are one list', () => {
  expect(parseFaults('hang', parseFaults('throttle')).map(({ kind }) => kind)).toEqual(['throttle', 'hang']);
});

test.each([
  ['throtle=0.2', '"throtle" is no fault; did you mean throttle? Allowed: throttle, unavailable,'],
  ['error', '"error" is no fault. Allowed: '],
  ['toString', '"toString" is no fault. Allowed: '],
  ['throttle@PutLogEvent', '"PutLogEvent" is no operation; did you mean PutLogEvents? Allowed: '],
  [
    'throttle=1.01',
    '"throttle=1.01" is malformed; allowed: a share of the calls from 0 to 1, or from 0% to 100%.',
  ],
  ['throttle=-1', '"throttle=-1" is malformed'],
  ['throttle=101%', '"throttle=101%" is malformed'],
  ['throttle=', '"throttle=" is malformed'],
  ['throttle=0x1', '"throttle=0x1" is malformed'],
  ['throttle=200ms', '"throttle=200ms" is malformed'],
  [
    'rejectAll@GetLogEvents',
    '"rejectAll@GetLogEvents" is malformed; allowed: rejectAll of PutLogEvents, which alone has events to reject.',
  ],
  ['latency', '"latency" is malformed; allowed: a duration up to a minute, such as 200ms or 2s.'],
  ['latency=200', '"latency=200" is malformed'],
  ['latency=60001ms', '"latency=60001ms" is malformed'],
  ['latency=1.1.1s', '"latency=1.1.1s" is malformed'],
  ['', '"" is malformed; allowed: NAME, NAME=SHARE and NAME@OPERATION=SHARE.'],
  ['throttle,,hang', '"" is malformed'],
  ['=0.2', '"=0.2" is malformed'],
  ['throttle@=0.2', '"throttle@=0.2" is malformed'],
])('%s is refused, with what is allowed', (text, message) => {
  expect(() => parseFaults(text)).toThrow(message);
});

test('every share of every fault is read back', () => {
  const kinds = SWITCHABLE_KINDS.filter((kind) => kind !== 'delay');
  fc.assert(
    fc.property(fc.constantFrom(...kinds), fc.integer({ min: 0, max: 1000 }), (kind, thousandths) => {
      const probability = thousandths / 1000;
      expect(parseFaults(`${kind}@*=${probability}`)).toEqual([{ kind, operation: '*', probability }]);
    }),
  );
});
