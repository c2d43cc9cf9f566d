import type { Duration, Size } from 'aws-cdk-lib';
import type { Problem } from '../../contract/problems.js';
import { unknownOptions } from '../option-names.js';
import { isUnresolved } from '../tokens.js';
import { shownDuration } from './alarm-window.js';
import { ARCHIVE_OPTIONS, type ArchiveOptions } from './archive-options.js';

const ERROR_TYPE = '!{firehose:error-output-type}';

/** Expressions of a prefix, or their beginnings. Those of partition keys need dynamic partitioning, which no archive has. */
const EXPRESSIONS = ['!{timestamp:', '!{firehose:random-string}'];

/** API: `ExtendedS3DestinationConfiguration`, `BufferingHints`. */
const MAX_INTERVAL_S = 900;
const MAX_SIZE_MIB = 128;

/** Problems for which Firehose would refuse the archive. Source: Firehose guide, custom prefixes. Tokens pass. */
export function archiveProblems(options: ArchiveOptions, where: string): Problem[] {
  const { prefix = '', errorPrefix, bufferingInterval, bufferingSize } = options;
  return [
    ...unknownOptions(options, ARCHIVE_OPTIONS, where),
    ...expressionProblems(prefix, `${where}.prefix`, EXPRESSIONS),
    ...expressionProblems(errorPrefix ?? '', `${where}.errorPrefix`, [...EXPRESSIONS, ERROR_TYPE]),
    ...errorTypeProblems(prefix, errorPrefix, `${where}.errorPrefix`),
    ...(bufferingInterval ? intervalProblems(bufferingInterval, `${where}.bufferingInterval`) : []),
    ...(bufferingSize ? sizeProblems(bufferingSize, `${where}.bufferingSize`) : []),
  ];
}

function expressionProblems(prefix: string, where: string, known: readonly string[]): Problem[] {
  const [, ...expressions] = prefix.split('!{').map((rest) => `!{${rest}`);
  const isLegal = (expression: string): boolean =>
    expression.includes('}') && known.some((beginning) => expression.startsWith(beginning));
  if (expressions.every(isLegal)) return [];
  const forms = known.map((beginning) => (beginning.endsWith('}') ? beginning : `${beginning}…}`));
  return [{ where, value: prefix, allowed: `text and the expressions ${forms.join(', ')}` }];
}

/** Without the expression, Firehose would refuse the prefix, or put what failed in several ways into one place. */
function errorTypeProblems(prefix: string, errorPrefix: string | undefined, where: string): Problem[] {
  const hasExpression = prefix.includes('!{') || errorPrefix?.includes('!{');
  if (!hasExpression || isUnresolved(errorPrefix) || errorPrefix?.includes(ERROR_TYPE)) return [];
  const allowed = `a text with ${ERROR_TYPE}, such as failed/${ERROR_TYPE}/, where prefix or errorPrefix has an expression`;
  return [{ where, value: errorPrefix, allowed }];
}

function intervalProblems(interval: Duration, where: string): Problem[] {
  if (interval.isUnresolved()) return [];
  const seconds = interval.toMilliseconds() / 1_000;
  if (Number.isInteger(seconds) && seconds <= MAX_INTERVAL_S) return [];
  return [{ where, value: shownDuration(interval), allowed: 'whole seconds, up to 15 minutes' }];
}

function sizeProblems(size: Size, where: string): Problem[] {
  if (size.isUnresolved()) return [];
  const mebibytes = size.toBytes() / 1_048_576;
  if (Number.isInteger(mebibytes) && mebibytes >= 1 && mebibytes <= MAX_SIZE_MIB) return [];
  return [{ where, value: `${mebibytes} MiB`, allowed: `whole mebibytes, 1 to ${MAX_SIZE_MIB}` }];
}
