import { bareSdk } from './support/sdk.mjs';

export default {
  configuration: 'ready-made lines, full calls, two in flight, with @aws-sdk/client-cloudwatch-logs as it is',
  ...bareSdk({ gzips: false }),
};
