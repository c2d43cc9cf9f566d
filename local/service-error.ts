/** Optional parts of a refusal. */
interface Details {
  readonly status?: number | undefined;
  readonly members?: Readonly<Record<string, unknown>> | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** A refusal in the form of the service: `__type`, `message`, and status 400 by default. */
export class ServiceError extends Error {
  readonly status: number;
  /** Members of the body besides `__type` and `message`, such as `expectedSequenceToken`. */
  readonly members: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(errorName: string, message: string, details: Details = {}) {
    super(message);
    this.name = errorName;
    this.status = details.status ?? 400;
    this.members = details.members ?? {};
    this.headers = details.headers ?? {};
  }
}

export function invalidParameter(message: string): ServiceError {
  return new ServiceError('InvalidParameterException', message);
}

/** The status is assumed, because no limit on the body is documented. */
export function bodyTooLarge(): ServiceError {
  return new ServiceError('RequestEntityTooLargeException', 'Request Entity Too Large', { status: 413 });
}

/** Both texts are seen in source. */
export function missingGroup(): ServiceError {
  return new ServiceError('ResourceNotFoundException', 'The specified log group does not exist.');
}

export function missingStream(): ServiceError {
  return new ServiceError('ResourceNotFoundException', 'The specified log stream does not exist.');
}

/** The text is reported for metric filters, and assumed for subscription filters. */
export function limitExceeded(): ServiceError {
  return new ServiceError('LimitExceededException', 'Resource limit exceeded.');
}

/** The text is reported for metric filters, and seen in source for subscription filters. */
export function missingFilter(noun: 'metric filter' | 'subscription filter'): ServiceError {
  return new ServiceError('ResourceNotFoundException', `The specified ${noun} does not exist.`);
}

/** The name is assumed from the errors that the API lists for both Delete operations. The text is assumed. */
export function deletionProtected(): ServiceError {
  return new ServiceError('ValidationException', 'The specified log group is protected from deletion.');
}

/** The text is reported for log groups, and assumed for log streams. */
export function alreadyExists(noun: 'log group' | 'log stream'): ServiceError {
  return new ServiceError('ResourceAlreadyExistsException', `The specified ${noun} already exists`);
}
