/**
 * Puts under `.cache/` what the deploy tests need and the machine lacks, once: moto and AWS's command line in a Python
 * virtual environment, other versions of Node, Lambda's runtime client, and packages that the project's own dependencies
 * exclude; with the argument `node`, the versions of Node alone. Says in a line what it could not get; its
 * tests are then skipped, or, if CI is set, this ends with status 1.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PYTHON_PACKAGES = ['moto[server]==5.2.1', 'awscli==1.45.11', 'boto3==1.43.11'];
const NODES = new Map([
  [20, '20.20.2'],
  [22, '22.23.3'],
  [24, '24.21.0'],
  [26, '26.9.0'],
]);

const RUNTIME_CLIENT = 'aws-lambda-ric@4.0.2';

/** Packages in a folder of their own. */
const PACKAGES = new Map([
  // The sink that docs/loggers/logtape.md replaces, with the LogTape that it needs.
  ['logtape', ['@logtape/cloudwatch-logs@2.3.7', '@logtape/logtape@2.4.2']],
  // The transport that docs/loggers/pino.md replaces.
  ['pino-transport', ['@serdnam/pino-cloudwatch-transport@1.0.4']],
  // They need Node.js 22.15, and another version of the API than the project's own.
  ['otel-3', ['@opentelemetry/sdk-logs@3.1.1', '@opentelemetry/api@1.10.0']],
  // Clients that an application may bring: the first, before rules for endpoints, before schemes of signatures, before schemas, later.
  ...['3.0.0', '3.41.0', '3.210.0', '3.410.0', '3.699.0', '3.954.0'].map((version) => [
    `sdk/${version}`,
    [`@aws-sdk/client-cloudwatch-logs@${version}`],
  ]),
]);

const cache = fileURLToPath(new URL('../../.cache/', import.meta.url));
const missing = process.argv[2] === 'node' ? lackingNodes() : [...lackingNodes(), ...lackingOthers()];
for (const line of missing) console.error(`deploy tests: some are skipped: ${line}`);
if (missing.length > 0 && process.env.CI) process.exit(1);

function lackingNodes() {
  return [...NODES.keys()].flatMap((major) =>
    lacking(
      () => hasNode(major),
      () => installNode(major),
      `node ${NODES.get(major)}`,
    ),
  );
}

function lackingOthers() {
  return [
    ...lacking(hasPython, installPython, PYTHON_PACKAGES.join(' ')),
    ...lacking(hasRuntimeClient, installRuntimeClient, RUNTIME_CLIENT),
    ...[...PACKAGES].flatMap(([folder, packages]) =>
      lacking(
        () => hasPackages(folder, packages),
        () => installPackages(folder, packages),
        packages.join(' '),
      ),
    ),
  ];
}

/** Why a tool is not there, after an attempt to install it; nothing if it is. */
function lacking(has, install, name) {
  if (has()) return [];
  try {
    install();
    return [];
  } catch (error) {
    const [reason] = String(error.stderr || error.message)
      .trim()
      .split('\n')
      .slice(-1);
    return [`${name} is neither installed nor can it be: ${reason}`];
  }
}

function hasPython() {
  const venv = join(cache, 'python', 'bin');
  const env = { ...process.env, PATH: `${process.env.PATH}:${venv}` };
  const checks = [
    ['moto_server', '--help'],
    ['aws', '--version'],
  ];
  const isThere = existsSync(join(venv, 'moto_server')) || succeeds('python3', ['-c', 'import boto3, moto']);
  return isThere && checks.every(([program, argument]) => succeeds(program, [argument], env));
}

function installPython() {
  const venv = join(cache, 'python');
  run('python3', ['-m', 'venv', venv]);
  run(join(venv, 'bin', 'python3'), ['-m', 'pip', 'install', '--quiet', ...PYTHON_PACKAGES]);
}

function hasNode(major) {
  const isOurs = process.versions.node.startsWith(`${major}.`);
  return isOurs || existsSync(join(cache, 'node', 'node_modules', `node${major}`, 'bin', 'node'));
}

function installNode(major) {
  const alias = `node${major}@npm:node@${NODES.get(major)}`;
  // Beside those that are there already; the project's own packages are not touched.
  run('npm', ['install', '--prefix', join(cache, 'node'), '--save-exact', '--no-audit', '--no-fund', alias]);
}

function hasRuntimeClient() {
  return existsSync(join(cache, 'ric', 'node_modules', 'aws-lambda-ric', 'index.mjs'));
}

/** Its install scripts compile its native part, for which they need cmake and a compiler. */
function installRuntimeClient() {
  const install = ['install', '--prefix', join(cache, 'ric'), '--save-exact', '--no-audit', '--no-fund'];
  try {
    run('npm', [...install, RUNTIME_CLIENT]);
  } catch {
    run('npm', [...install, '--ignore-scripts', RUNTIME_CLIENT]);
    console.error(
      `deploy tests: the native part of ${RUNTIME_CLIENT} cannot be compiled: ours takes its place`,
    );
  }
}

function hasPackages(folder, packages) {
  return packages.every((each) => {
    const [, name, version] = /^(.+)@([^@]+)$/.exec(each);
    const manifest = join(cache, folder, 'node_modules', name, 'package.json');
    return existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).version === version;
  });
}

function installPackages(folder, packages) {
  const options = ['--save-exact', '--ignore-scripts', '--no-audit', '--no-fund'];
  // npm takes a folder that is not there for one of the project around it.
  mkdirSync(join(cache, folder), { recursive: true });
  run('npm', ['install', '--prefix', join(cache, folder), ...options, ...packages]);
}

function succeeds(program, args, env = process.env) {
  try {
    execFileSync(program, args, { stdio: 'ignore', env });
    return true;
  } catch {
    return false;
  }
}

function run(program, args) {
  execFileSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
