import { nodeFinding } from '../../../../cli/doctor/checks/package.js';

const at = (day: string): number => Date.parse(`${day}T00:00:00Z`);

test.each([
  ['18.20.0', '2025-01-01', 'node-old'],
  ['20.0.0', '2026-04-29', 'node'],
  ['20.20.2', '2026-04-30', 'node-ended'],
  ['22.12.0', '2026-11-29', 'node'],
  ['22.12.0', '2027-05-01', 'node-ended'],
  ['26.0.0', '2031-01-01', 'node'],
])('Node.js %s on %s: %s', (version, day, code) => {
  expect(nodeFinding(version, at(day)).code).toBe(code);
});
