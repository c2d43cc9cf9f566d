/** A function of lambda/, as it is bundled and run. */
export interface LambdaFunction {
  /** The file of lambda/. */
  readonly file: string;
  /** Where its lines go before it answers. */
  readonly output: 'none' | 'service' | 'stdout';
  /** Environment variables of its own. */
  readonly variables?: NodeJS.ProcessEnv;
  /** Whether the AWS client is in the bundle. `NodejsFunction` leaves it out, because Lambda has it. @default false */
  readonly isClientBundled?: boolean;
}

/** In the order of the page. */
export const FUNCTIONS = {
  empty: { file: 'empty', output: 'none' },
  'fapilog, withLambda': { file: 'fapilog-wrapped', output: 'service' },
  'fapilog, flush by hand': { file: 'fapilog', output: 'service' },
  'fapilog, stdout': {
    file: 'fapilog-wrapped',
    output: 'stdout',
    variables: { FAPILOG_CORE__SINKS: '["stdout_json"]', AWS_LAMBDA_LOG_FORMAT: 'JSON' },
  },
  'bare SDK': { file: 'bare-sdk', output: 'service' },
  'bare SDK, bundled': { file: 'bare-sdk', output: 'service', isClientBundled: true },
  powertools: { file: 'powertools', output: 'stdout' },
  'pino-lambda': { file: 'pino-lambda', output: 'stdout' },
} as const satisfies Record<string, LambdaFunction>;

export type FunctionName = keyof typeof FUNCTIONS;
