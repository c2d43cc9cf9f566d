import { invalidParameter } from '../service-error.js';

const SYSTEM_FIELDS = ['@aws.region', '@aws.account', '@source.log'];

/** Fields and text are reported. */
export function checkSystemFields(fields: readonly string[] = []): void {
  if (fields.every((field) => SYSTEM_FIELDS.includes(field))) return;
  throw invalidParameter(
    `The provided system fields are invalid. The supported system fields are - [${SYSTEM_FIELDS.join(', ')}]`,
  );
}
