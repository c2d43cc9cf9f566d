import { openBunyan } from './support/bunyan.mjs';

export { levels } from './support/bunyan.mjs';

export const title = "bunyan 2, a stream of objects (type: 'raw')";

export const limits = {
  'error cause': 'the serializer of bunyan knows causes of VError only',
  'error members': 'the serializer of bunyan keeps name, message, stack, code and signal',
};

export function read({ message: line }) {
  const { timestamp, level, message, ...fields } = JSON.parse(line);
  return { timeMs: Date.parse(timestamp), level, message, fields };
}

export const open = (options, extras) => openBunyan('raw', options, extras);
