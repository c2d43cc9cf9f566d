import { ServiceError } from '../service-error.js';

/** Status and text are reported, and seen in source. */
export function throttled(retryAfterSeconds?: number): ServiceError {
  const headers = retryAfterSeconds === undefined ? undefined : { 'Retry-After': String(retryAfterSeconds) };
  return new ServiceError('ThrottlingException', 'Rate exceeded', { headers });
}
