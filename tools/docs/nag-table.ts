import { type NagFinding, nagFindings } from './nag-findings.js';

/** The table of what cdk-nag finds on the construct. */
export function nagTable(): string {
  return ['| rule | packs | on | when | how to avoid it, or why it stays |', '|---|---|---|---|---|']
    .concat(nagFindings.map(row))
    .join('\n');
}

function row({ rule, packs, resource, when, answer }: NagFinding): string {
  return `| ${[`\`${rule}\``, packs.join(', '), resource, when, answer].join(' | ')} |`;
}
