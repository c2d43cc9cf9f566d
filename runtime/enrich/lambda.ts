import type { Environment } from '../../contract/codec.js';
import type { Fields } from '../log-record.js';
import { knownFields, variable } from './variables.js';

/** Reads Lambda's variables about the function; no fields outside Lambda. */
export function lambdaFields(env: Environment): Fields {
  const functionName = variable(env, 'AWS_LAMBDA_FUNCTION_NAME');
  if (functionName === undefined) return {};
  const memoryMb = Number(variable(env, 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE'));
  return knownFields({
    functionName,
    functionVersion: variable(env, 'AWS_LAMBDA_FUNCTION_VERSION'),
    functionMemoryMb: Number.isInteger(memoryMb) ? memoryMb : undefined,
    region: variable(env, 'AWS_REGION'),
    logStream: variable(env, 'AWS_LAMBDA_LOG_STREAM_NAME'),
  });
}
