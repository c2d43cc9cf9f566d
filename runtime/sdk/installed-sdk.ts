import { requireOfThisFile } from '../io/late-modules.cjs';
import type { Sdk } from './given-sdk.js';
import { loadInPieces } from './in-pieces.js';
import { SdkMissing } from './sdk-missing.js';

/**
 * The AWS SDK that is installed with this package. Bundlers get `found-sdk` in place of this module: they would follow the
 * import, and make the SDK part of bundles that do not need it.
 *
 * @throws SdkMissing
 */
export async function installedSdk(): Promise<Sdk> {
  const requireHere = requireOfThisFile();
  if (requireHere) await loadInPieces('@aws-sdk/client-cloudwatch-logs', requireHere);
  try {
    return await import('./sdk.js');
  } catch (error) {
    throw isNotFound(error) ? new SdkMissing({ cause: error }) : error;
  }
}

function isNotFound(error: unknown): boolean {
  const { code } = Object(error) as { readonly code?: unknown };
  return code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND';
}
