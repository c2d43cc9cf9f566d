import { levelRank } from '../../../contract/levels.js';
import { lambdaLevel } from '../../../runtime/io/lambda-logging.js';
import type { Application } from '../application.js';
import type { Check } from '../check.js';
import { fault, finding, type Finding } from '../finding.js';

/** What AWS Lambda does with lines, as its variables say. */
export const lambdaCheck: Check = {
  name: 'Lambda',
  async run(application) {
    const name = application.env['AWS_LAMBDA_FUNCTION_NAME'];
    if (!name) return [finding('lambda-absent', 'this is no function of AWS Lambda')];
    return [describe(name, application), ...discards(application), ...wrapper(application)];
  },
};

function describe(name: string, { isDelivering, sink }: Application): Finding {
  const delivery = isDelivering
    ? `lines wait for ${sink.batchTimeoutSeconds} s unless the handler is wrapped by withLambda, which delivers them before it answers`
    : 'Lambda delivers what is written to standard output';
  return finding('lambda', `function ${name}: ${delivery}`);
}

/** Lambda reads the level of lines on standard output and error only. */
function discards({ env, settings }: Application): Finding[] {
  const { logLevel, sinks } = settings.core;
  const applied = lambdaLevel(env);
  const isWritten = sinks.some((name) => name.startsWith('stdout_') || name.startsWith('stderr_'));
  if (applied === undefined || logLevel === 'silent' || !isWritten) return [];
  if (levelRank[applied] <= levelRank[logLevel]) return [];
  const fix = `set applicationLogLevelV2 of the function to ${logLevel.toUpperCase()}, or FAPILOG_CORE__LOG_LEVEL=${applied}`;
  return [
    fault(
      'lambda-discards',
      `Lambda discards lines below ${applied}, and the logger writes from ${logLevel} on`,
      fix,
    ),
  ];
}

function wrapper({ env }: Application): Finding[] {
  const path = env['AWS_LAMBDA_EXEC_WRAPPER'];
  if (!path) return [];
  const message = `${path} starts the runtime (AWS_LAMBDA_EXEC_WRAPPER) and may set or hide variables`;
  return [
    fault('lambda-wrapper', message, 'compare the variables of the process with those of the function'),
  ];
}
