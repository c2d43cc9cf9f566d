import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where `test/deploy/install-tools.mjs` puts what a machine lacks. */
const CACHE = join(__dirname, '../../.cache');
const VENV = join(CACHE, 'python', 'bin');

/** The path of a program: the one on PATH, else the one in the virtual environment under `.cache/`. */
export function findProgram(name: string): string | undefined {
  const directories = [...(process.env['PATH'] ?? '').split(delimiter), VENV];
  return directories.map((directory) => join(directory, name)).find(isExecutable);
}

/** The Node binary of a major version: the one that runs this, else the one from npm under `.cache/`. */
export function findNode(major: number): string | undefined {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  const path = join(CACHE, 'node', 'node_modules', `node${major}`, 'bin', 'node');
  return isExecutable(path) ? path : undefined;
}

/** The folders of other versions of the AWS SDK's client for CloudWatch Logs, by version. */
export function findSdks(): ReadonlyMap<string, string> {
  const folder = join(CACHE, 'sdk');
  const versions = existsSync(folder) ? readdirSync(folder) : [];
  return new Map(versions.map((version) => [version, join(folder, version)]));
}

/**
 * The arguments that make Node run Lambda's own runtime client, aws-lambda-ric. Where its native part could not be
 * compiled, there is another one in its place.
 */
export function findRuntimeClient(): readonly string[] | undefined {
  const folder = join(CACHE, 'ric', 'node_modules', 'aws-lambda-ric');
  const client = join(folder, 'index.mjs');
  if (!existsSync(client)) return undefined;
  const isWhole = existsSync(join(folder, 'rapid-client.node'));
  return isWhole ? [client] : ['--require', join(__dirname, 'native-client.cjs'), client];
}

/**
 * `describe` if the tool was found. If not, its tests are skipped, and on a machine that sets CI they fail instead,
 * by what the tool's user throws.
 */
export function describeWith(tool: unknown): jest.Describe {
  return tool !== undefined || process.env['CI'] ? describe : describe.skip;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
