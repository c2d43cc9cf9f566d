import { givenSdk, type Sdk } from './given-sdk.js';
import { installedSdk } from './installed-sdk.js';

/** Loads the AWS SDK: what the application has bundled, else what is installed. */
export async function loadSdk(): Promise<Sdk> {
  return (givenSdk() ?? installedSdk)();
}
