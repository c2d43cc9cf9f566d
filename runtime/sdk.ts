/**
 * Makes the AWS SDK part of a bundle, for an application whose credentials or configuration only the SDK can read: it is
 * imported for that alone. What is not bundled finds the SDK by itself.
 */
import { useSdk } from './sdk/given-sdk.js';

useSdk(() => import('./sdk/sdk.js'));
