/** Where log events go. */
export interface Target {
  readonly logGroupName: string;
  readonly logStreamName: string;
}
