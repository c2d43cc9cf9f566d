import { requireThatFinds } from '../io/late-modules.cjs';
import { packageFolders } from '../io/package-folders.js';
import type { Sdk } from './given-sdk.js';
import { loadInPieces } from './in-pieces.js';
import { SdkMissing } from './sdk-missing.js';

/**
 * The AWS SDK that is installed beside a bundle, or comes with Lambda. It is found by name, which bundlers do not follow.
 *
 * @throws SdkMissing
 */
export async function installedSdk(): Promise<Sdk> {
  const client = await found('@aws-sdk/client-cloudwatch-logs');
  return { ...client, ...(await found('@aws-sdk/credential-providers')) } as Sdk;
}

async function found(name: string): Promise<object> {
  const requireThere = requireThatFinds(name, packageFolders());
  if (!requireThere) throw new SdkMissing();
  await loadInPieces(name, requireThere);
  return requireThere(name) as object;
}
