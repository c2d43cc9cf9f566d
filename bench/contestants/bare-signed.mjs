import { bareSigned } from './support/signed.mjs';

export default {
  configuration:
    'lines made and packed into full calls before the clock starts, two in flight, signed by hand, over node:http with keep-alive',
  ...bareSigned({ gzips: false }),
};
