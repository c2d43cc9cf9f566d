import { bareSigned } from './support/signed.mjs';

export default {
  configuration:
    'ready-made lines, full calls, two in flight, signed by hand, over node:http with keep-alive',
  ...bareSigned({ gzips: false }),
};
