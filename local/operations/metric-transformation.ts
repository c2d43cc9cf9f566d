import type { InputOf } from '../api/shapes.js';
import type { FilterPattern } from '../filter-pattern/filter-pattern.js';
import { isSingleSelector } from '../filter-pattern/selector.js';
import { invalidParameter } from '../service-error.js';

type Transformation = InputOf<'PutMetricFilter'>['metricTransformations'][number];

const MAX_DIMENSIONS = 3;

/**
 * Checks what the API model does not. All rules and texts are reported; which numbers the service takes for a value is
 * assumed.
 *
 * @param systemFields how many dimensions the call asks for besides
 */
export function checkTransformation(
  { metricValue, dimensions = {}, defaultValue }: Transformation,
  pattern: FilterPattern,
  systemFields: number,
): void {
  const selectors = Object.values(dimensions);
  if (!isNumber(metricValue) && !canBeHad(metricValue, pattern))
    throw invalidParameter(
      `Invalid metric transformation: metric value ${metricValue} must be a valid number`,
    );
  if (selectors.length > 0 && defaultValue !== undefined)
    throw invalidParameter(
      'Invalid metric transformation: dimensions and default value are mutually exclusive properties',
    );
  if (selectors.length + systemFields > MAX_DIMENSIONS)
    throw invalidParameter(
      'Number of dimensions exceeds the maximum number of dimensions supported per metric filter',
    );
  checkDimensions(selectors, pattern);
}

function checkDimensions(selectors: readonly string[], pattern: FilterPattern): void {
  if (selectors.length > 0 && pattern.form === 'terms')
    throw invalidParameter('The specified filter pattern does not support dimensions');
  if (!selectors.every((selector) => canBeHad(selector, pattern)))
    throw invalidParameter('Invalid metric transformation: dimension value must be valid selector');
}

/** Whether the text selects one value of a message. That the value ever exists is not asked. */
function canBeHad(selector: string, { form }: FilterPattern): boolean {
  if (form === 'JSON') return isSingleSelector(selector);
  return form === 'fields' && /^\$[\w-]+$/.test(selector);
}

function isNumber(text: string): boolean {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text);
}
