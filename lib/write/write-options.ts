/** Which log streams a grantee may write. */
export interface WriteOptions {
  /**
   * Beginning of the names of the log streams.
   *
   * @default - the streams of the construct's settings, or every stream of the log group
   */
  readonly streamPrefix?: string | undefined;
}
