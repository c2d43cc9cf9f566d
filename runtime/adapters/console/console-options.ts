import { assertNoProblems, type Problem } from '../../../contract/problems.js';
import type { Environment } from '../../../contract/codec.js';
import { asMapping } from '../../settings/document.js';
import { variable } from '../../enrich/variables.js';
import { Outlet } from '../outlet/outlet.js';
import type { OutletOptions } from '../outlet/outlet-options.js';

/** Where the lines go, and whether they are still printed. */
export interface ConsoleCaptureOptions extends OutletOptions {
  /**
   * Whether the console still prints what is captured.
   * @default - `true`; `false` on Lambda and ECS, where what is printed is stored as well, and where a sink of the logger prints
   */
  readonly passThrough?: boolean | undefined;
}

export const OF = 'captureConsole';

/** The outlet of a capture, and what it was told. */
export interface ConsoleChoice {
  readonly outlet: Outlet;
  readonly passThrough: boolean;
  readonly logger: OutletOptions['logger'];
}

/** @throws SettingsError naming every option and setting that is malformed or missing. */
export function consoleChoice(options: ConsoleCaptureOptions, env: Environment = process.env): ConsoleChoice {
  assertNoProblems(problemsOf(options));
  const { passThrough, ...others } = options;
  const outlet = new Outlet(OF, others, ['passThrough']);
  return {
    outlet,
    passThrough: passThrough ?? !(isPrintStored(env) || hasPrinter(outlet)),
    logger: options.logger,
  };
}

function problemsOf(options: unknown): Problem[] {
  const mapping = asMapping(options);
  if (!mapping) return [{ where: `${OF}: options`, value: options, allowed: 'options such as { logger }' }];
  const { passThrough } = mapping;
  if (passThrough === undefined || typeof passThrough === 'boolean') return [];
  return [{ where: `${OF}: options.passThrough`, value: passThrough, allowed: 'true or false' }];
}

/** Lambda stores what a function prints, and ECS what a container prints, if its log driver does. */
function isPrintStored(env: Environment): boolean {
  return ['AWS_LAMBDA_FUNCTION_NAME', 'ECS_CONTAINER_METADATA_URI_V4'].some(
    (name) => variable(env, name) !== undefined,
  );
}

function hasPrinter(outlet: Outlet): boolean {
  return outlet.health().sinks.some(({ name }) => /^std(?:out|err)_/.test(name));
}
