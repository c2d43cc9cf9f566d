/** Only the AWS SDK can make the calls of this process, and it is not there. */
export class SdkMissing extends Error {
  override readonly name = 'SdkMissing';

  constructor(options?: ErrorOptions) {
    super('the AWS SDK is needed here, and is neither in the bundle nor installed', options);
  }
}
