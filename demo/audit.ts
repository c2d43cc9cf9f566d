import { isBalanced, type DeliveryReport } from 'fapilog-cloudwatch';
import type { StoredLogs } from './read-back.js';

/** What does not add up between requests sent, events accepted and events stored; empty if everything does. */
export function audit(report: DeliveryReport, requestIds: readonly string[], stored: StoredLogs): string[] {
  const copies = new Map<string, number>();
  for (const { line } of stored.events) {
    const id = (line['requestId'] ?? line['message']) as string;
    copies.set(id, (copies.get(id) ?? 0) + 1);
  }
  const missing = requestIds.filter((id) => !copies.has(id));
  const repeated = [...copies.entries()].filter(([, count]) => count !== 1);
  const findings = [
    [!isBalanced(report), `the ledger does not balance: ${JSON.stringify(report)}`],
    [
      report.delivered !== report.accepted,
      `${report.accepted} events were accepted, ${report.delivered} delivered`,
    ],
    [
      stored.events.length !== report.accepted,
      `${stored.events.length} of ${report.accepted} were read back`,
    ],
    [missing.length > 0, `${missing.length} requests have no line, such as ${missing[0]}`],
    [repeated.length > 0, `${repeated.length} lines were stored more than once, such as ${repeated[0]?.[0]}`],
  ] as const;
  return findings.flatMap(([isFound, finding]) => (isFound ? [finding] : []));
}
