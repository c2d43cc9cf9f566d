import type { Moto } from '../../support/moto.js';
import { recogniseErrorsOfNode } from '../../support/realm.js';

recogniseErrorsOfNode();
// The SDK's notice about the end of Node.js 20 is true, but not news to who runs this.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

/** Who signs a call. moto checks no signature. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

export interface ClientConfig {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: Credentials;
}

/** What any client of the SDK needs to know to take moto for AWS. */
export function clientConfig(moto: Moto): ClientConfig {
  return {
    endpoint: moto.endpoint,
    region: moto.environment['AWS_REGION']!,
    credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' },
  };
}
