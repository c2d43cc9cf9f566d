import { Application, type Surroundings } from '../../cli/doctor/application.js';
import { examine, type Examined } from '../../cli/doctor/report/examination.js';
import type { Finding } from '../../cli/doctor/finding.js';

/** No file and no instance answers here, and no service of AWS is asked. */
const NOWHERE = {
  PATH: process.env['PATH'],
  HOME: '/nonexistent',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};

/** A process in which all is well, but for the endpoint. */
export const WELL = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'AKIDLOCAL',
  AWS_SECRET_ACCESS_KEY: 'sesame-open-up',
  FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: '/myapp/production',
};

type Environment = Readonly<Record<string, string | undefined>>;

export type DoctorOptions = Partial<Omit<Surroundings, 'env'>>;

/** Surroundings whose variables are also those of the process, which the AWS SDK reads. */
function surroundingsOf(env: Environment, options: DoctorOptions): Surroundings {
  const defined = Object.entries({ ...NOWHERE, ...env }).filter(([, value]) => value !== undefined);
  process.env = Object.fromEntries(defined);
  return {
    env: process.env,
    folder: '/nonexistent',
    nowMs: () => Date.now(),
    signal: new AbortController().signal,
    timeoutMs: 5_000,
    write: false,
    ...options,
  };
}

/** What the doctor says of an environment. */
export async function examined(env: Environment, options: DoctorOptions = {}): Promise<Examined> {
  const before = process.env;
  try {
    const listener = { begins: () => undefined, found: () => undefined };
    return await examine(surroundingsOf(env, options), listener);
  } finally {
    process.env = before;
  }
}

export async function findingsIn(env: Environment, options: DoctorOptions = {}): Promise<Finding[]> {
  return (await examined(env, options)).sections.flatMap(({ findings }) => findings);
}

/** An application for a check that asks nobody. */
export async function applicationIn(env: Environment, options: DoctorOptions = {}): Promise<Application> {
  const before = process.env;
  try {
    const application = await Application.read(surroundingsOf(env, options));
    await application.way();
    return application;
  } finally {
    process.env = before;
  }
}
