import {
  booleanMember,
  constraintBroken,
  enumMember,
  groupNameMember,
  mapMember,
  stringItem,
  stringMember,
} from '../api/members.js';
import type { Operation } from './operation.js';
import { invalidParameter } from '../service-error.js';

const CLASSES = ['STANDARD', 'INFREQUENT_ACCESS', 'DELIVERY'] as const;
const MAX_TAGS = 50;
const TAG_KEY = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u;
const TAG_VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u;
const MAX_KEY_ID_LENGTH = 256;

/** Stores the id of a KMS key without looking the key up. Checks tags without storing them. */
export const createLogGroup: Operation = (input, { store, nowMs }) => {
  const name = groupNameMember(input);
  const logGroupClass = enumMember(input, 'logGroupClass', CLASSES) ?? 'STANDARD';
  const kmsKeyId = stringMember(input, 'kmsKeyId');
  if (kmsKeyId !== undefined && kmsKeyId.length > MAX_KEY_ID_LENGTH) {
    const rule = `Member must have length less than or equal to ${MAX_KEY_ID_LENGTH}`;
    throw constraintBroken(kmsKeyId, 'kmsKeyId', rule);
  }
  checkTags(Object.entries(mapMember(input, 'tags') ?? {}));
  const isProtected = booleanMember(input, 'deletionProtectionEnabled') ?? false;
  const group = store.createGroup({ name, creationTime: nowMs, logGroupClass, kmsKeyId });
  group.isProtected = isProtected;
  return {};
};

/** Numbers and characters are from the API, the texts are assumed. */
function checkTags(tags: readonly [string, unknown][]): void {
  if (tags.length > MAX_TAGS) throw invalidParameter(`A log group can have at most ${MAX_TAGS} tags.`);
  const bad = tags.find(([key, value]) => !TAG_KEY.test(key) || !TAG_VALUE.test(stringItem(value)));
  if (bad !== undefined) throw invalidParameter(`Invalid tag: ${bad[0]}`);
}
