import { VERSION } from '../../../runtime/direct/user-agent.js';
import type { Application } from '../application.js';
import type { Check } from '../check.js';
import { copiesOf, copyFor, type Copy } from '../copies.js';
import { fault, finding, type Finding } from '../finding.js';

/** The versions that come together here. */
export const packageCheck: Check = {
  name: 'Package',
  async run({ surroundings }: Application) {
    const { folder, nowMs } = surroundings;
    return [
      ...versions(folder),
      ...copies(copiesOf('fapilog-cloudwatch', folder)),
      nodeFinding(process.versions.node, nowMs()),
      ...winston(copyFor('winston', folder)),
    ];
  },
};

function versions(folder: string): Finding[] {
  const own = copyFor('fapilog-cloudwatch', folder)?.version ?? `${VERSION} (of this command)`;
  const others = ['@aws-sdk/client-cloudwatch-logs', 'pino', 'winston'].flatMap((name) => {
    const copy = copyFor(name, folder);
    return copy === undefined ? [] : [`${name} ${copy.version}`];
  });
  return [finding('package', [`fapilog-cloudwatch ${own}`, ...others].join(', '))];
}

function copies(found: readonly Copy[]): Finding[] {
  if (found.length < 2) return [];
  const list = found.map(({ folder, version }) => `${version} in ${folder}`).join(', ');
  const message = `${found.length} copies of fapilog-cloudwatch: ${list}; each has queues and limits of its own`;
  return [fault('package-copies', message, 'let all dependants take one version, and run npm dedupe')];
}

/** engines in package.json. */
const OLDEST = 20;

/** Source: the schedule of nodejs/Release. Versions that are not here are odd, or were not planned yet. */
const ENDS: Readonly<Record<number, string>> = { 20: '2026-04-30', 22: '2027-04-30', 24: '2028-04-30' };

export function nodeFinding(version: string, nowMs: number): Finding {
  const major = Number(version.split('.', 1)[0]);
  const fix = 'run a version of Node.js that is maintained, such as 24';
  if (major < OLDEST)
    return fault('node-old', `Node.js ${version}, and ${OLDEST} is the oldest that works`, fix);
  const end = ENDS[major];
  if (end === undefined || nowMs < Date.parse(end)) return finding('node', `Node.js ${version}`);
  return fault('node-ended', `Node.js ${version} gets no security updates since ${end}`, fix);
}

/** The range of peerDependencies in package.json: 3.2 and later 3. */
function winston(copy: Copy | undefined): Finding[] {
  const [major = 3, minor = 2] = copy?.version.split('.').map(Number) ?? [];
  if (major === 3 && minor >= 2) return [];
  const message = `winston ${copy?.version} in ${copy?.folder}; the transport knows 3.2 and later 3`;
  return [fault('winston-version', message, 'npm install winston@3')];
}
