import { MAX_ENTITY_VALUE_LENGTH } from '../../contract/limits.js';
import { isMap, type JsonMap } from '../api/json.js';
import type { LogGroupClass } from '../store/group-settings.js';

/** Why the entity was rejected. A bad entity never fails the call (API). */
export interface RejectedEntityInfo {
  readonly errorType:
    | 'InvalidEntity'
    | 'InvalidTypeValue'
    | 'InvalidKeyAttributes'
    | 'InvalidAttributes'
    | 'EntitySizeTooLarge'
    | 'UnsupportedLogGroupType'
    | 'MissingRequiredFields';
}

/** What a call says of the service or resource that its events belong to. */
export interface Entity {
  /** What identifies it: `Type`, `Name`, `Environment` and others. */
  readonly keyAttributes: Readonly<Record<string, string>>;
  /** What else is known of it, such as its platform. */
  readonly attributes?: Readonly<Record<string, string>> | undefined;
}

/** The API documents all but `AwsAccountId`, which public shippers send (seen in source). */
const KEY_NAMES = ['Type', 'ResourceType', 'Identifier', 'Name', 'Environment', 'AwsAccountId'];
/** The list is documented for Application Signals. That the logs service checks it is assumed. */
const TYPES = ['Service', 'RemoteService', 'AWS::Service', 'AWS::Resource', 'Resource'];
/** The API has the error type `EntitySizeTooLarge` and no number: this one is assumed, and all its values at their longest exceed it. */
const MAX_BYTES = 4_096;
const MAX_ATTRIBUTES = 10;
const MAX_ATTRIBUTE_KEY_LENGTH = 256;

/** The limits are from the API. Which broken limit has which error type is assumed from the names of the types. */
export function rejectedEntity(
  entity: unknown,
  logGroupClass: LogGroupClass,
): RejectedEntityInfo | undefined {
  if (entity === undefined) return undefined;
  // The API has the type and does not say of which class: all but the standard one is assumed.
  if (logGroupClass !== 'STANDARD') return { errorType: 'UnsupportedLogGroupType' };
  if (Buffer.byteLength(JSON.stringify(entity)) > MAX_BYTES) return { errorType: 'EntitySizeTooLarge' };
  if (!isMap(entity)) return { errorType: 'InvalidEntity' };
  const { keyAttributes, attributes } = entity;
  if (keyAttributes === undefined || keyAttributes === null) return { errorType: 'MissingRequiredFields' };
  if (!isMap(keyAttributes) || !(attributes === undefined || isMap(attributes)))
    return { errorType: 'InvalidEntity' };
  if (!areKeyAttributes(keyAttributes)) return { errorType: 'InvalidKeyAttributes' };
  const { Type: type } = keyAttributes;
  if (type === undefined) return { errorType: 'MissingRequiredFields' };
  if (!TYPES.some((known) => known === type)) return { errorType: 'InvalidTypeValue' };
  return areAttributes(attributes ?? {}) ? undefined : { errorType: 'InvalidAttributes' };
}

function areKeyAttributes(map: JsonMap): boolean {
  const entries = Object.entries(map);
  return (
    entries.length >= 2 &&
    entries.length <= 4 &&
    entries.every(([key, value]) => KEY_NAMES.includes(key) && isValue(value) && value !== '')
  );
}

function areAttributes(map: JsonMap): boolean {
  const entries = Object.entries(map);
  return (
    entries.length <= MAX_ATTRIBUTES &&
    entries.every(
      ([key, value]) => key.length >= 1 && key.length <= MAX_ATTRIBUTE_KEY_LENGTH && isValue(value),
    )
  );
}

function isValue(value: unknown): boolean {
  return typeof value === 'string' && value.length <= MAX_ENTITY_VALUE_LENGTH;
}
