import { isMap } from '../api/json.js';
import { invalidParameter } from '../service-error.js';

const MAX_FIELDS = 20;
const MAX_FIELD_LENGTH = 100;
const TYPES: readonly unknown[] = ['FIELD_INDEX', 'FACET'];

/**
 * The names of the fields in a policy document: `{"Fields": [...], "FieldsV2": {"name": {"type": "FACET"}}}`. Form and limits are
 * documented, texts are assumed.
 *
 * @throws ServiceError if the document is malformed
 */
export function indexedFields(policyDocument: string): string[] {
  const { Fields: listed = [], FieldsV2: typed = {} } = parse(policyDocument);
  if (!Array.isArray(listed) || !listed.every((name) => typeof name === 'string'))
    throw invalidParameter('Fields of the index policy must be a list of names.');
  if (!isMap(typed) || !Object.values(typed).every((field) => isMap(field) && TYPES.includes(field['type'])))
    throw invalidParameter(
      'FieldsV2 of the index policy must have a type, FIELD_INDEX or FACET, for each name.',
    );
  return checked([...listed, ...Object.keys(typed)]);
}

function parse(policyDocument: string): Readonly<Record<string, unknown>> {
  try {
    const document: unknown = JSON.parse(policyDocument);
    if (isMap(document)) return document;
  } catch {
    // Not JSON: refused below.
  }
  throw invalidParameter('The index policy must be a JSON object.');
}

function checked(fields: string[]): string[] {
  if (fields.length === 0) throw invalidParameter('The index policy must have at least one field.');
  if (fields.length > MAX_FIELDS)
    throw invalidParameter(`The index policy can have at most ${MAX_FIELDS} fields.`);
  if (new Set(fields).size < fields.length)
    throw invalidParameter('A field of the index policy is named twice.');
  const bad = fields.find((name) => name === '' || name.length > MAX_FIELD_LENGTH);
  if (bad === undefined) return fields;
  throw invalidParameter(
    `A field of the index policy must have 1 to ${MAX_FIELD_LENGTH} characters: '${bad}'`,
  );
}
