import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Compiles the construct and runs its tests with the oldest CDK that the package's users may have; the newest is what the
 * project itself is developed with. Run from the project's root.
 */

const directory = '.cache/oldest-cdk';
const cdk = ['aws-cdk-lib', 'constructs'] as const;

/** Tests that run: once, in an app as `cdk init` makes it, and not those of what the oldest CDK does differently. */
const tests = '^(?!.*(without feature flags|not on the oldest CDK))';

interface Manifest {
  readonly version: string;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

function manifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

function run(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) throw error ?? new Error(`${[command, ...args].join(' ')}: exit code ${status}`);
}

function isInstalled(name: string, version: string): boolean {
  const folder = join(directory, 'node_modules', name);
  return existsSync(join(folder, 'package.json')) && manifest(folder).version === version;
}

function install(versions: Readonly<Record<string, string>>): void {
  if (Object.entries(versions).every(([name, version]) => isInstalled(name, version))) return;
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'package.json'), JSON.stringify({ type: 'module', private: true }));
  const packages = Object.entries(versions).map(([name, version]) => `${name}@${version}`);
  run('npm', ['install', '--prefix', directory, '--save-exact', '--no-audit', '--no-fund', ...packages]);
}

/** A copy of the sources beside the packages: TypeScript finds them there, and no others. */
function compile(): void {
  for (const folder of ['lib', 'contract']) {
    rmSync(join(directory, folder), { recursive: true, force: true });
    cpSync(folder, join(directory, folder), { recursive: true });
  }
  const compilerOptions = {
    composite: false,
    incremental: false,
    noEmit: true,
    // CDK's own declarations do not hold under it.
    exactOptionalPropertyTypes: false,
  };
  const include = ['lib/**/*.ts', 'contract/**/*.ts'];
  const config = { extends: '../../tsconfig.base.json', compilerOptions, include };
  writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify(config));
  run('node_modules/.bin/tsc', ['-p', directory]);
}

/** Says so if what the project is developed with is no longer the newest; that is no failure. */
function tellOfNewer(): void {
  const present = manifest('.').devDependencies['aws-cdk-lib'];
  const { status, stdout } = spawnSync('npm', ['view', 'aws-cdk-lib', 'version'], { encoding: 'utf8' });
  const newest = stdout.trim();
  if (status !== 0) console.log('the registry does not tell the newest aws-cdk-lib');
  else if (newest !== present) console.log(`aws-cdk-lib ${newest} is out; devDependencies have ${present}`);
}

const { peerDependencies } = manifest('.');
const oldest = Object.fromEntries(cdk.map((name) => [name, peerDependencies[name]!.replace('^', '')]));
console.log(`CDK ${JSON.stringify(oldest)}`);
install(oldest);
compile();
run('node_modules/.bin/jest', ['--config', 'jest.oldest-cdk.config.js', '--testNamePattern', tests]);
tellOfNewer();
