/** Where log events go. */
export interface Target {
  readonly logGroupName: string;
  readonly logStreamName: string;
}

/** The same text for the same target, and for no other: neither name can have a colon. */
export function targetKey({ logGroupName, logStreamName }: Target): string {
  return `${logGroupName}:${logStreamName}`;
}
