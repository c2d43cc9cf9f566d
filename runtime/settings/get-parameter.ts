import { childProcess } from '../io/late-modules.cjs';
import { packageFolders } from './package-folders.js';

export interface ParameterRequest {
  /** The name of an SSM parameter, or its ARN. */
  readonly name: string;
  /** @default - what the AWS SDK finds */
  readonly region?: string | undefined;
  /** @default 10000 */
  readonly timeoutMs?: number | undefined;
  /** @default '@aws-sdk/client-ssm' */
  readonly client?: string | undefined;
}

/** The text of the parameter, which is a secret if it was stored as one, or why there is none. */
export type ParameterAnswer =
  | { readonly text: string; readonly isSecret: boolean }
  | { readonly error: { readonly name: string; readonly message: string } };

const TIMEOUT_MS = 10_000;

/**
 * Reads a parameter, and waits for it: settings are there when their constructor returns, and a call of the AWS SDK is
 * not. So a child process makes the call. Its program is a text, because a bundler would leave a file behind, and it
 * looks for the client where the application would.
 */
export function getParameter(request: ParameterRequest): ParameterAnswer {
  const { name, region, timeoutMs = TIMEOUT_MS, client = '@aws-sdk/client-ssm' } = request;
  const task = JSON.stringify({ name, region, client, folders: packageFolders() });
  const { output, error }: Ended = childProcess().spawnSync(
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
  if (answer !== '') return answerOf(answer);
  if (error?.code === 'ETIMEDOUT')
    return { error: { name: 'Timeout', message: `no answer within ${timeoutMs} ms` } };
  return { error: { name: 'Error', message: error?.message ?? 'the process that reads it ended early' } };
}

/** A child that was ended in the middle leaves a part, which must not be quoted. */
function answerOf(json: string): ParameterAnswer {
  try {
    return JSON.parse(json) as ParameterAnswer;
  } catch {
    return { error: { name: 'Error', message: 'its text did not arrive whole' } };
  }
}

/** With the code of an error, which the types leave out. */
interface Ended {
  readonly output: readonly (Buffer | null)[] | null;
  readonly error?: NodeJS.ErrnoException | undefined;
}

/** The client is loaded by name, so that a program that needs none of this has none of it. */
const PROGRAM = `
  const { writeSync } = require('node:fs');
  const { name, region, client, folders } = JSON.parse(process.argv[1]);
  const tell = (answer) => writeSync(3, JSON.stringify(answer));
  (async () => {
    const { SSMClient, GetParameterCommand } = require(require.resolve(client, { paths: folders }));
    const ssm = new SSMClient(region ? { region } : {});
    const command = new GetParameterCommand({ Name: name, WithDecryption: true });
    const { Parameter } = await ssm.send(command);
    tell({ text: Parameter.Value, isSecret: Parameter.Type === 'SecureString' });
  })().catch((error) => {
    tell({ error: { name: String(error.code ?? error.name), message: String(error.message).split('\\n', 1)[0] } });
  });
`;

/** A module that is preloaded there may log, too: it must not read the parameter by yet another child. */
function childEnvironment(): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(([name]) => !name.toUpperCase().startsWith('FAPILOG_'));
  return Object.fromEntries(others);
}
