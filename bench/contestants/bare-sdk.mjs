import { bareSdk } from './support/sdk.mjs';

export default {
  configuration:
    'lines made and packed into full calls before the clock starts, two in flight, with @aws-sdk/client-cloudwatch-logs as it is',
  ...bareSdk({ gzips: false }),
};
