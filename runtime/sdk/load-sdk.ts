import { nextTurn } from '../io/next-turn.js';
import { givenSdk, type Sdk } from './given-sdk.js';
import { installedSdk } from './installed-sdk.js';

/** Loads the AWS SDK: what the application has bundled, else what is installed. */
export async function loadSdk(): Promise<Sdk> {
  const sdk = await (givenSdk() ?? installedSdk)();
  await nextTurn();
  return sdk;
}
