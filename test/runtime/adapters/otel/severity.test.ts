import { severityOf } from '../../../../runtime/adapters/otel/severity.js';
import { LEVELS } from '../../../../contract/levels.js';

test('four numbers are a level each, and the first of them says no more than it', () => {
  for (let number = 1; number <= 24; number++) {
    const index = Math.floor((number - 1) / 4);
    const isFirst = number === index * 4 + 1;

    expect(severityOf(number, undefined)).toEqual({
      level: LEVELS[index],
      fields: isFirst ? {} : { severityNumber: number },
    });
  }
});

test.each([
  [undefined, 'ERROR', 'error', {}],
  [0, 'Warning', 'warn', {}],
  [undefined, 'notice', 'info', { severity: 'notice' }],
  [17, 'CRITICAL', 'error', { severity: 'CRITICAL' }],
  [18, 'error', 'error', { severityNumber: 18 }],
  [undefined, 'Loud', 'info', { severity: 'Loud' }],
  [25, 'fatal', 'fatal', { severityNumber: 25 }],
  [-3, undefined, 'info', { severityNumber: -3 }],
  [Number.NaN, undefined, 'info', {}],
  [undefined, '', 'info', {}],
])(
  'number %s and text %j are the level %s, and the fields say what is left: %j',
  (number, text, level, fields) => {
    expect(severityOf(number, text)).toEqual({ level, fields });
  },
);
