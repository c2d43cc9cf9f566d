import { statSync } from 'node:fs';
import { build } from 'esbuild';
import { runFunction, type Moment } from '../child/run-function.js';
import type { Endpoint } from '../endpoint/endpoint.js';
import { FUNCTIONS, type FunctionName, type LambdaFunction } from '../lambda-function.js';
import type { Options } from '../options.js';
import { projectPath } from '../paths.js';
import { BUNDLING, IN_LAMBDA } from './bundle.js';
import { certificateFile } from './certificate-file.js';
import { newestNode } from './node-versions.js';
import type { Progress } from './progress.js';
import { takeTurns, type Measured } from './turns.js';

/** One cold start of a function, and its first two invocations. */
export interface LambdaStart {
  /** Until the process asks for its first invocation. */
  readonly init: Moment;
  /** Wall: until the answer. CPU: until it asks for the next invocation. */
  readonly first: Moment;
  readonly second: Moment;
  readonly bundleBytes: number;
  /** Events of a function that delivers which the service had not when it answered. */
  readonly lost: number;
  readonly duplicated: number;
  readonly refused: number;
}

export type LambdaStarts = Measured<FunctionName, LambdaStart>;

/** Measures each function in fresh processes. */
export async function measureLambda(
  { functionStarts }: Pick<Options, 'functionStarts'>,
  endpoint: Endpoint,
  progress: Progress,
): Promise<LambdaStarts[]> {
  const names = Object.keys(FUNCTIONS) as FunctionName[];
  await Promise.all(names.map(bundleFunction));
  await endpoint.verdict(0);
  return takeTurns({
    what: 'lambda',
    names,
    repetitions: functionStarts,
    progress,
    run: (name) => startOnce(name, endpoint),
  });
}

const EVENTS = [{ eventId: 0 }, { eventId: 1 }];

async function startOnce(name: FunctionName, endpoint: Endpoint): Promise<LambdaStart> {
  const { output, variables }: LambdaFunction = FUNCTIONS[name];
  const { asked, answered, stdout } = await runFunction({
    folder: folderOf(name),
    endpoint: endpoint.tlsUrl,
    node: newestNode().program,
    variables: { NODE_EXTRA_CA_CERTS: certificateFile(endpoint), ...variables },
    events: EVENTS,
  });
  const { lost, duplicated, refused } = await endpoint.verdict(output === 'service' ? EVENTS.length : 0);
  if (output === 'stdout') expectLines(stdout);
  const invocation = (index: number): Moment => ({
    wallMs: answered[index]!.wallMs - asked[index]!.wallMs,
    cpuMs: asked[index + 1]!.cpuMs - asked[index]!.cpuMs,
  });
  return {
    init: asked[0]!,
    first: invocation(0),
    second: invocation(1),
    bundleBytes: statSync(fileOf(name)).size,
    lost,
    duplicated,
    refused,
  };
}

function expectLines(stdout: string): void {
  const count = stdout.split('\n').filter((line) => line.includes('"eventId"')).length;
  if (count !== EVENTS.length)
    throw new Error(`expected ${EVENTS.length} lines on stdout, got ${count}: ${stdout}`);
}

/** Below bench/, where a function finds the AWS client that is not in its bundle. */
function folderOf(name: FunctionName): string {
  return projectPath(`bench/.cache/lambda/${name.replaceAll(/\W+/g, '-')}`);
}

function fileOf(name: FunctionName): string {
  return `${folderOf(name)}/index.cjs`;
}

function bundleFunction(name: FunctionName): Promise<unknown> {
  const { file, isClientBundled }: LambdaFunction = FUNCTIONS[name];
  return build({
    ...BUNDLING,
    entryPoints: [projectPath(`bench/lambda/${file}.mjs`)],
    outfile: fileOf(name),
    external: isClientBundled ? [] : IN_LAMBDA,
  });
}
