import { mkdirSync, readdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Consumer } from './consumer.js';
import { LocalServer } from './local-server.js';

const sources = join(__dirname, '../projects/entry-points');

/** A program for each entry point, named after it. */
export const programs: readonly string[] = readdirSync(sources)
  .filter((name) => name.endsWith('.mjs'))
  .map((name) => basename(name, '.mjs'));

/** What came of a program. */
export interface Outcome {
  readonly by: number | NodeJS.Signals;
  readonly printed: unknown;
  /** Log events that the service has. */
  readonly stored: number;
  /** What the package reported, and errors. */
  readonly trouble: string;
}

const expected: Readonly<Record<string, Partial<Outcome>>> = {
  cdk: { printed: { groups: 1, warnings: 1 } },
  'cdk-testing': { printed: { judged: true, violations: [] } },
  console: { printed: { accepted: 1, delivered: 1 }, stored: 1 },
  http: { printed: { accepted: 1, delivered: 1 }, stored: 1 },
  index: { printed: { accepted: 1, delivered: 1 }, stored: 1 },
  lambda: { printed: { accepted: 1, delivered: 1 }, stored: 1 },
  logtape: { printed: { accepted: 1, delivered: 1 }, stored: 1 },
  otel: { printed: { code: 0, delivered: 1 }, stored: 2 },
  pino: { printed: { isClosed: true, delivered: 1 }, stored: 2 },
  sdk: { printed: { accepted: 1, delivered: 1 }, stored: 1 },
  stream: { printed: { accepted: 2, delivered: 2 }, stored: 2 },
  testing: { printed: { asked: 1 } },
  winston: { printed: { accepted: 1, delivered: 1 }, stored: 1 },
  worker: { printed: { accepted: 1, delivered: 1 }, stored: 1 },
  yaml: { printed: { accepted: 1, delivered: 1 }, stored: 1 },
};

export const programsExpected: readonly string[] = Object.keys(expected);

/** What has to come of a program. */
export const fine = (name: string): Outcome => ({
  by: 0,
  stored: 0,
  trouble: '',
  printed: '',
  ...expected[name],
});

/** Writes the programs into a folder, as ES modules (`.mjs`) and as CommonJS (`.cjs`). */
export function writePrograms(folder: string): void {
  for (const name of programs) {
    const source = readFileSync(join(sources, `${name}.mjs`), 'utf8');
    writeFileSync(join(folder, `${name}.mjs`), source);
    writeFileSync(join(folder, `${name}.cjs`), withRequire(source));
  }
}

function withRequire(source: string): string {
  return source
    .replaceAll(/^import (\{.*\}) from ('.*');/gm, 'const $1 = require($2);')
    .replaceAll(
      /^import (\w+), (\{.*\}) from ('.*');/gm,
      'const $2 = require($3), { default: $1 } = require($3);',
    )
    .replaceAll(/^import (winston) from ('.*');/gm, 'const $1 = require($2);')
    .replaceAll(/^import (\w+) from ('.*');/gm, 'const { default: $1 } = require($2);')
    .replaceAll(/^import ('.*');/gm, 'require($1);');
}

/** Runs programs of a consumer, each with a log group of its own in one local server. */
export class ProgramRuns {
  readonly #consumer: Consumer;
  readonly #server: LocalServer;
  #count = 0;

  private constructor(consumer: Consumer, server: LocalServer) {
    this.#consumer = consumer;
    this.#server = server;
  }

  static async start(consumer: Consumer): Promise<ProgramRuns> {
    return new ProgramRuns(consumer, await LocalServer.start(consumer));
  }

  /** @param name of the program, if it is of an entry point */
  async outcomeOf(command: readonly string[], cwd: string, name = ''): Promise<Outcome> {
    const logGroup = `/myapp/${++this.#count}`;
    writeFileSync(join(cwd, 'logging.yaml'), 'core:\n  log_level: warn\n');
    const env = {
      ...this.#server.environment,
      FAPILOG_CORE__SINKS: '["cloudwatch"]',
      FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: logGroup,
      FAPILOG_CLOUDWATCH__CREATE_LOG_GROUP: 'true',
      ...(name === 'sdk' && { FAPILOG_CLOUDWATCH__CLIENT: 'sdk' }),
      ...(name === 'yaml' && { FAPILOG_CONFIG_FILE: 'logging.yaml' }),
    };
    const { by, stdout, stderr } = await this.#consumer.node(command, { env, cwd });
    const stored = fine(name).stored === 0 ? 0 : await this.#storedIn(logGroup);
    return { by, printed: parsed(stdout), stored, trouble: troubleIn(stderr) };
  }

  /** Links packages that the consumer has installed into a folder away from it. */
  link(names: readonly string[], folder: string): void {
    for (const name of names) {
      const link = join(folder, 'node_modules', name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(realpathSync(join(this.#consumer.path, 'node_modules', name)), link, 'dir');
    }
  }

  async end(): Promise<void> {
    await this.#server.close();
    this.#consumer.remove();
  }

  async #storedIn(logGroup: string): Promise<number> {
    const messages = await this.#server.stored(logGroup);
    return messages.length;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Node.js and CDK also warn of their versions on stderr. */
function troubleIn(stderr: string): string {
  return /fapilog-cloudwatch:|Error/.test(stderr) ? stderr : '';
}
