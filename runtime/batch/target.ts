/** Where log events go. */
export interface Target {
  readonly logGroupName: string;
  readonly logStreamName: string;
  /** The service to which CloudWatch relates the events: JSON, as it stands in a request. @default - none */
  readonly entityText?: string | undefined;
}

/** The members of a target as JSON, which is left open for others. */
export function openJsonOf({ logGroupName, logStreamName, entityText }: Target): string {
  const names = JSON.stringify({ logGroupName, logStreamName }).slice(0, -1);
  return entityText === undefined ? names : `${names},"entity":${entityText}`;
}

/** The same text for the same stream, and for no other: neither name can have a colon. */
export function targetKey({ logGroupName, logStreamName }: Target): string {
  return `${logGroupName}:${logStreamName}`;
}
