import { fapilog } from './support/fapilog.mjs';

export default {
  configuration: '`getLogger()`, defaults: gzip, full calls, four in flight. Waits for `ready()`',
  ...fapilog(),
};
