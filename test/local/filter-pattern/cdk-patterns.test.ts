import { FilterPattern, type IFilterPattern } from 'aws-cdk-lib/aws-logs';
import { parseFilterPattern } from '../../../local/filter-pattern/filter-pattern.js';
import { formatLine } from '../../../runtime/serialize/line.js';

/** A line of the sink. */
const LINE = formatLine({
  timeMs: 0,
  level: 'error',
  message: 'say "no" \\ yes',
  fields: [{ status: 503, audit: true, user: null, path: '/a' }],
});

it.each<[IFilterPattern, boolean]>([
  [FilterPattern.allEvents(), true],
  [FilterPattern.allTerms('say', 'yes'), true],
  [FilterPattern.allTerms('say', 'maybe'), false],
  [FilterPattern.anyTerm('say', 'maybe'), true],
  [FilterPattern.anyTerm('perhaps', 'maybe'), false],
  [FilterPattern.stringValue('$.message', '=', 'say "no" \\ yes'), true],
  [FilterPattern.stringValue('$.message', '!=', 'say*'), false],
  [FilterPattern.regexValue('$.path', '=', '^/[a-z]$'), true],
  [FilterPattern.numberValue('$.status', '>=', 500), true],
  [FilterPattern.numberValue('$.status', '<', 500), false],
  [FilterPattern.exists('$.path'), true],
  [FilterPattern.exists('$.none'), false],
  [FilterPattern.notExists('$.none'), true],
  [FilterPattern.isNull('$.user'), true],
  [FilterPattern.booleanValue('$.audit', true), true],
  [
    FilterPattern.all(
      FilterPattern.stringValue('$.level', '=', 'error'),
      FilterPattern.any(FilterPattern.isNull('$.path'), FilterPattern.numberValue('$.status', '=', 503)),
    ),
    true,
  ],
  [FilterPattern.spaceDelimited('first', '...').whereString('first', '=', '{*'), true],
  [FilterPattern.spaceDelimited('...', 'last').whereNumber('last', '>', 1), false],
])(
  'CDK writes $logPatternString, which says %2$s of a line of the sink',
  ({ logPatternString }, expected) => {
    expect(parseFilterPattern(logPatternString).matches(LINE)).toBe(expected);
  },
);
