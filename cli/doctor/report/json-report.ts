import { VERSION } from '../../../runtime/direct/user-agent.js';
import { settingsInForce, type SettingInForce } from '../checks/settings.js';
import type { Kind } from '../codes.js';
import { countOf, type Examined } from './examination.js';
import type { Finding } from '../finding.js';

/** What `--json` prints. */
export interface JsonReport {
  readonly version: string;
  readonly problems: number;
  readonly notes: number;
  readonly checks: readonly {
    readonly name: string;
    /** That of its worst finding. */
    readonly status: Kind;
    readonly findings: readonly Finding[];
  }[];
  /** All settings, those with their default too. */
  readonly settings: readonly SettingInForce[];
}

const WORST_FIRST: readonly Kind[] = ['problem', 'note', 'ok', 'skipped'];

export function jsonReport({ application, sections }: Examined): JsonReport {
  return {
    version: VERSION,
    problems: countOf(sections, 'problem'),
    notes: countOf(sections, 'note'),
    checks: sections.map(({ name, findings }) => ({ name, status: statusOf(findings), findings })),
    settings: settingsInForce(application),
  };
}

function statusOf(findings: readonly Finding[]): Kind {
  return WORST_FIRST.find((kind) => findings.some((each) => each.kind === kind)) ?? 'skipped';
}
