import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findNode } from '../../support/tools.js';

export interface Ended {
  /** The exit status, or the signal that ended it. */
  readonly by: number | NodeJS.Signals;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** The major version of Node.js that runs it. @default - the one that runs the tests */
  readonly node?: number;
  /** The folder in which it runs. @default - that of the project */
  readonly cwd?: string;
  /** @default 120000 */
  readonly timeoutMs?: number;
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const OURS = 'fapilog-cloudwatch';

/** A project of somebody who uses the package: a folder away from the tree, with ours from the tarball and the rest from the registry. */
export class Consumer {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), 'consumer-')));
  readonly #started: ChildProcess[] = [];

  /** @param source the folder of the project; `package.json` in it names the package as users do */
  private constructor(source: string) {
    cpSync(source, this.path, {
      recursive: true,
      filter: (path) => !path.slice(source.length).includes('node_modules'),
    });
  }

  /** A project of `test/consumers/projects`, installed. */
  static async of(project: string): Promise<Consumer> {
    return new Consumer(join(__dirname, '../projects', project)).#installed();
  }

  /** A project that another tool made in a folder, installed. */
  static async from(folder: string): Promise<Consumer> {
    return new Consumer(folder).#installed();
  }

  /** An example as the tarball has it, installed. */
  static async ofExample(example: string): Promise<Consumer> {
    const unpacked = unpackedTarball();
    const consumer = new Consumer(join(unpacked, 'examples', example));
    rmSync(unpacked, { recursive: true });
    return consumer.#installed();
  }

  /** Runs a program of the project with Node.js. Node.js and the project's own commands are first on its PATH. */
  node(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
    return run(nodeOf(options), args, this.#spawning(options));
  }

  /** Runs a command that the project has installed, such as `tsc`. */
  command(name: string, args: readonly string[], options: RunOptions = {}): Promise<Ended> {
    return this.node([realpathSync(join(this.path, 'node_modules/.bin', name)), ...args], options);
  }

  npm(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
    return run('npm', args, this.#spawning(options));
  }

  /** Starts a program that goes on, in a process group of its own; who starts it ends it, or `remove()` does. */
  start(args: readonly string[], options: RunOptions = {}): ChildProcess {
    const { env } = this.#spawning(options);
    const child = spawn(nodeOf(options), [...args], { cwd: this.path, env, detached: true });
    this.#started.push(child);
    return child;
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.path, file), text);
  }

  read(file: string): string {
    return readFileSync(join(this.path, file), 'utf8');
  }

  /** Removes the folder, and kills what a failed test has left running, with the programs that it has started. */
  remove(): void {
    for (const { pid, exitCode, signalCode } of this.#started)
      if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, 'SIGKILL');
    rmSync(this.path, { recursive: true, force: true });
  }

  /** Nothing of the tests' own environment reaches the project but what finds programs and the registry. */
  #spawning(options: RunOptions): {
    readonly cwd: string;
    readonly env: NodeJS.ProcessEnv;
    readonly timeoutMs: number;
  } {
    const inherited = Object.entries(process.env).filter(
      ([name]) => !/^(FAPILOG|NODE|AWS|JEST|INIT_CWD$|npm_(?!config_))/i.test(name),
    );
    const { env = {}, cwd = this.path, timeoutMs = 120_000 } = options;
    const notice = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
    return { cwd, env: { ...Object.fromEntries(inherited), ...notice, ...env }, timeoutMs };
  }

  /** Leaves no folder behind if npm fails. */
  async #installed(): Promise<this> {
    try {
      await this.#install();
      return this;
    } catch (error) {
      this.remove();
      throw error;
    }
  }

  async #install(): Promise<void> {
    const manifest = JSON.parse(this.read('package.json')) as Manifest;
    const named = [manifest.dependencies, manifest.devDependencies].find((each) => each?.[OURS]);
    if (named === undefined) throw new Error(`${this.path}/package.json does not name ${OURS}`);
    const text = this.read('package.json').replace(
      `"${OURS}": "${named[OURS]}"`,
      `"${OURS}": ${JSON.stringify(`file:${packedTarball()}`)}`,
    );
    this.write('package.json', text);
    const { by, stderr } = await this.npm(['install', '--no-audit', '--no-fund', '--prefer-offline'], {
      timeoutMs: 240_000,
    });
    if (by !== 0) throw new Error(`npm install ended with ${by}: ${stderr}`);
  }
}

/** The tarball that npm would publish, packed before the tests. */
export function packedTarball(): string {
  const tarball = process.env['PACKED_TARBALL'];
  if (tarball === undefined) throw new Error('run these tests with --config jest.consumers.config.js');
  return tarball;
}

/** A folder with what is in the tarball; who asked for it removes it. */
export function unpackedTarball(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'unpacked-')));
  execFileSync('tar', ['-xzf', packedTarball(), '-C', folder, '--strip-components=1']);
  return folder;
}

function nodeOf({ node }: RunOptions): string {
  if (node === undefined) return process.execPath;
  const found = findNode(node);
  if (found === undefined)
    throw new Error(`no Node.js ${node} here: node test/deploy/install-tools.mjs installs it`);
  return found;
}

function run(
  program: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv; readonly timeoutMs?: number },
): Promise<Ended> {
  const { cwd, env = process.env, timeoutMs } = options;
  const child = spawn(program, [...args], { cwd, env, timeout: timeoutMs, killSignal: 'SIGKILL' });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  child.stdin.end();
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ by: signal ?? code ?? -1, ...output }));
  });
}
