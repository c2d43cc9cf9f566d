import { bareSdk } from './support/sdk.mjs';

export default {
  configuration: 'bare-sdk with a middleware that compresses the body, level 1',
  ...bareSdk({ gzips: true }),
};
