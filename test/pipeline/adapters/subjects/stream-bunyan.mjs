import { openBunyan } from './support/bunyan.mjs';

export { levels } from './support/bunyan.mjs';

export const title = 'bunyan 2, a stream of lines';

export const limits = {
  values: 'bunyan hands over its lines of JSON',
  'error cause': 'the serializer of bunyan knows causes of VError only',
  'error members': 'the serializer of bunyan keeps name, message, stack, code and signal',
};

export function read({ message: line }) {
  const { time, level, msg, ...fields } = JSON.parse(line);
  return { timeMs: Date.parse(time), level, message: msg, fields };
}

export const open = (options, extras) => openBunyan('stream', options, extras);
