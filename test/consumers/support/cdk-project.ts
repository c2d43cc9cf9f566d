import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../support/imports.js';
import { Consumer } from './consumer.js';

export interface CdkVersions {
  /** Of the CLI that makes the project. */
  readonly init: string;
  /** What package.json says afterwards, where it is to be otherwise. */
  readonly raised: Readonly<Record<string, string>>;
}

/** What the user adds to what `cdk init` makes. */
const added = { 'fapilog-cloudwatch': '^0.1.0', esbuild: '0.28.2' };

/** A CDK app as `cdk init app --language typescript` makes it, with the stack and the handler of `projects/cdk-app`. */
export async function cdkProject({ init, raised }: CdkVersions): Promise<Consumer> {
  const folder = mkdtempSync(join(tmpdir(), 'cdk-init-'));
  try {
    // The project has the name of its folder.
    const project = join(folder, 'orders');
    mkdirSync(project);
    const args = ['--yes', '--prefer-offline', `aws-cdk@${init}`, 'init', 'app', '--language', 'typescript'];
    execFileSync('npx', [...args, '--generate-only'], { cwd: project, env: ofNoProject(), stdio: 'pipe' });
    cpSync(join(root, 'test/consumers/projects/cdk-app'), project, { recursive: true });
    changeDependencies(join(project, 'package.json'), raised);
    return await Consumer.from(project);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** npm tells its scripts of the project that they are of, and npx would look there. */
function ofNoProject(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_(?!config_)/i.test(name)));
}

function changeDependencies(path: string, raised: CdkVersions['raised']): void {
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as {
    readonly dependencies: Record<string, string>;
    readonly devDependencies: Record<string, string>;
  };
  Object.assign(manifest.dependencies, added);
  for (const [name, version] of Object.entries(raised))
    (name in manifest.devDependencies ? manifest.devDependencies : manifest.dependencies)[name] = version;
  writeFileSync(path, JSON.stringify(manifest, undefined, 2));
}
