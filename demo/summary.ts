import type { DeliveryReport } from 'fapilog-cloudwatch';
import type { CallRecord } from 'fapilog-cloudwatch/testing';
import type { StoredLogs } from './read-back.js';

export interface DemoResult {
  readonly injected: Readonly<Record<string, string>>;
  readonly report: DeliveryReport;
  readonly found: StoredLogs;
  readonly calls: readonly CallRecord[];
  readonly findings: readonly string[];
}

/** The result, for people. */
export function summarize({ injected, report, found, calls, findings }: DemoResult): string {
  const ours = Object.entries(injected).filter(([name]) => name.startsWith('FAPILOG_'));
  return [
    title('Injected by the construct'),
    ...ours.map(([name, value]) => `${name}=${value}`),
    title('Provisioned from the template'),
    `log group   ${report.logGroupName}, kept for ${found.retentionInDays ?? 'unlimited'} days`,
    `log stream  ${found.logStreamNames.join(', ')}`,
    title(`Read back: ${found.events.length} log events, among them`),
    ...sampleOf(found),
    title('Delivery report'),
    accountOf(report),
    title('Calls'),
    ...callsOf(calls),
    title(findings.length === 0 ? 'Every accepted event was read back exactly once.' : 'It does not add up:'),
    ...findings.map((finding) => `- ${finding}`),
  ].join('\n');
}

function title(text: string): string {
  return `\n${text}`;
}

function sampleOf({ events }: StoredLogs): string[] {
  const errors = events.filter(({ line }) => line['level'] === 'error');
  const sample = [...events.slice(0, 2), ...errors.slice(0, 1), ...events.slice(-1)];
  return sample.map(({ line }) => JSON.stringify(line));
}

function accountOf(report: DeliveryReport): string {
  const { accepted, delivered, rejected, spooled, diverted, dropped, pending } = report;
  return (
    `accepted ${accepted} = delivered ${delivered} + rejected ${rejected.total} + spooled ${spooled}` +
    ` + diverted ${diverted.total} + dropped ${dropped.total} + pending ${pending}`
  );
}

function callsOf(calls: readonly CallRecord[]): string[] {
  const counts = new Map<string, number>();
  for (const { operation, errorName } of calls) {
    const key = errorName ? `${operation} (${errorName})` : operation;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].map(([operation, count]) => `${String(count).padStart(4)}  ${operation}`);
}
