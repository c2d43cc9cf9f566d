import { fapilog } from './support/fapilog.mjs';

export default {
  configuration: '`getLogger({ worker: true })`, defaults otherwise. Waits for `ready()`',
  ...fapilog({ options: { worker: true } }),
};
