import type { Environment } from '../../contract/codec.js';

/**
 * What to do for a program on AWS that has none of our variables: most probably its stack defines the log group, and does not
 * bind the program. Empty for any other.
 */
export function unboundHint(env: Environment): string {
  const program = programOf(env);
  const hasOurs = Object.keys(env).some((name) => /^FAPILOG_/i.test(name));
  if (program === undefined || hasOurs) return '';
  return `. ${program} has no variable of FAPILOG_ at all: bind it in its stack, with logging.bindTo(…)`;
}

function programOf(env: Environment): string | undefined {
  const fn = env['AWS_LAMBDA_FUNCTION_NAME'];
  if (fn) return `The function ${fn}`;
  const isTask = env['ECS_CONTAINER_METADATA_URI_V4'] ?? env['ECS_CONTAINER_METADATA_URI'];
  return isTask ? 'This container' : undefined;
}
