import { adviceOn } from '../../../cli/plan/advice.js';
import { forecastOf } from '../../../cli/plan/forecast.js';
import { jsonReport } from '../../../cli/plan/json-report.js';
import { ACCOUNT, FUNCTIONS, PROCESSES } from './questions.js';

test('what was asked, the forecast, and what to change', () => {
  const question = { load: FUNCTIONS, account: ACCOUNT };
  const forecast = forecastOf(question);
  const advice = adviceOn(question, forecast);

  expect(JSON.parse(jsonReport(question, forecast, advice))).toEqual({ ...question, ...forecast, advice });
});

test('numbers have six decimals', () => {
  const question = { load: PROCESSES, account: ACCOUNT };
  const text = jsonReport(question, forecastOf(question), []);

  expect(text).toContain('"putCallsPerSecond": 1463.414634,\n');
  expect(text).toContain('"eventsPerCall": 41,\n');
});
