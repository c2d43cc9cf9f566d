export type Sdk = typeof import('./sdk.js');

let given: (() => Promise<Sdk>) | undefined;

/** Sets what loads the AWS SDK, in an application that bundles it. */
export function useSdk(load: () => Promise<Sdk>): void {
  given = load;
}

/** What was set; `undefined` where the SDK is to be found by itself. */
export function givenSdk(): (() => Promise<Sdk>) | undefined {
  return given;
}
