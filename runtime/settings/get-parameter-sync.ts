import { requireLate } from '../io/late-modules.cjs';
import { guarded } from '../serialize/guard.js';
import {
  failed,
  SSM_CLIENT,
  TIMEOUT_MS,
  timedOut,
  type ParameterAnswer,
  type ParameterRequest,
} from './get-parameter.js';
import { packageFolders } from '../io/package-folders.js';

/**
 * Reads a parameter, and blocks until it is there: a logger is often made while modules load, where CommonJS cannot await.
 * The AWS SDK has no synchronous call, so a child process makes it. Its program is a text, because a bundler would leave a file
 * behind, and it looks for the client where the application would.
 */
export function getParameterSync(request: ParameterRequest): ParameterAnswer {
  const { name, region, timeoutMs = TIMEOUT_MS, client = SSM_CLIENT } = request;
  const task = JSON.stringify({ name, region, client, folders: packageFolders() });
  const { output, error }: Ended = requireLate('node:child_process').spawnSync(
    process.execPath,
    ['--input-type=commonjs', '-e', PROGRAM, task],
    {
      env: childEnvironment(),
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
      // Preloaded modules may write to standard output; the answer has a channel of its own.
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      windowsHide: true,
    },
  );
  const answer = output?.[3]?.toString() ?? '';
  // A child that was killed in the middle leaves a part of its answer, which must not be quoted.
  const partial = failed('Error', 'its text did not arrive whole');
  if (answer !== '') return guarded(() => JSON.parse(answer) as ParameterAnswer, partial);
  if (error?.code === 'ETIMEDOUT') return timedOut(timeoutMs);
  return failed('Error', error?.message ?? 'the process that reads it ended early');
}

/** With the code of an error, which the types leave out. */
interface Ended {
  readonly output: readonly (Buffer | null)[] | null;
  readonly error?: NodeJS.ErrnoException | undefined;
}

const PROGRAM = `
  const { writeSync } = require('node:fs');
  const { name, region, client, folders } = JSON.parse(process.argv[1]);
  const answer = (value) => writeSync(3, JSON.stringify(value));
  (async () => {
    const { SSMClient, GetParameterCommand } = require(require.resolve(client, { paths: folders }));
    const ssm = new SSMClient(region ? { region } : {});
    const command = new GetParameterCommand({ Name: name, WithDecryption: true });
    const { Parameter } = await ssm.send(command);
    answer({ text: Parameter.Value, isSecret: Parameter.Type === 'SecureString' });
  })().catch((error) => {
    answer({ error: { name: String(error.code ?? error.name), message: String(error.message).split('\\n', 1)[0] } });
  });
`;

/** Without our variables: a preloaded module that logs there would start yet another child. */
function childEnvironment(): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(([name]) => !name.toUpperCase().startsWith('FAPILOG_'));
  return Object.fromEntries(others);
}
