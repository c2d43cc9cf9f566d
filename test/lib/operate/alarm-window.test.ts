import { Duration, Lazy } from 'aws-cdk-lib';
import { silenceProblems, windowProblems } from '../../../lib/operate/alarm-window.js';

const minutes = (amount: number): Duration => Duration.minutes(amount);
const token = Lazy.number({ produce: () => 7 });

describe('the window of an alarm', () => {
  test.each<[Duration, number]>([
    [minutes(1), 1],
    [minutes(1), 1_440],
    [minutes(59), 24],
    [minutes(60), 168],
    [Duration.days(7), 1],
    [minutes(token), 10_000],
    [minutes(5), token],
  ])('may be %s × %s', (period, evaluationPeriods) => {
    expect(windowProblems({ period, evaluationPeriods }, 'x')).toEqual([]);
  });

  test.each<[Duration, number, string]>([
    [minutes(1), 1_441, 'x.period × evaluationPeriods'],
    [minutes(59), 25, 'x.period × evaluationPeriods'],
    [minutes(60), 169, 'x.period × evaluationPeriods'],
    [minutes(0), 1, 'x.period'],
    [Duration.seconds(59), 1, 'x.period'],
    [Duration.seconds(61), 1, 'x.period'],
    [Duration.millis(60_001), 1, 'x.period'],
    [minutes(5), 0, 'x.evaluationPeriods'],
    [minutes(5), 1.5, 'x.evaluationPeriods'],
    [minutes(token), 0, 'x.evaluationPeriods'],
  ])('may not be %s × %s', (period, evaluationPeriods, where) => {
    expect(windowProblems({ period, evaluationPeriods }, 'x').map((problem) => problem.where)).toEqual([
      where,
    ]);
  });
});

describe('the time of silence', () => {
  test.each([minutes(1), minutes(1_439), minutes(1_440), minutes(1_500), Duration.days(7), minutes(token)])(
    'may be %s',
    (duration) => {
      expect(silenceProblems(duration, 'x')).toEqual([]);
    },
  );

  test.each([[minutes(0)], [Duration.seconds(90)], [minutes(1_441)], [Duration.hours(169)]])(
    'may not be %s',
    (duration) => {
      expect(silenceProblems(duration, 'x').map(({ where }) => where)).toEqual(['x']);
    },
  );
});
