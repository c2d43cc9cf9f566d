import type { Advice } from './advice.js';
import type { Forecast } from './forecast.js';
import type { Question } from './question.js';

const DECIMALS = 6;

/** What `--json` prints: what was asked, the forecast, and what to change. */
export function jsonReport(question: Question, forecast: Forecast, advice: readonly Advice[]): string {
  return `${JSON.stringify({ ...question, ...forecast, advice }, rounded, 2)}\n`;
}

/** Without the digits in which a computer's fractions differ from those of people. */
function rounded(_: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toFixed(DECIMALS)) : value;
}
