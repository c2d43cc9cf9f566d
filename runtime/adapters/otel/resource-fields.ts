import type { Fields } from '../../log-record.js';
import type { OtelResource, OtelScope } from './log-record.js';
import { plainValue } from './plain-value.js';

/** Which attributes of the resource a line has: these, or all. */
export type ResourceChoice = readonly string[] | 'all';

/** What tells services apart, and costs some 100 bytes a line. */
export const DEFAULT_RESOURCE_ATTRIBUTES: ResourceChoice = [
  'service.name',
  'service.namespace',
  'service.version',
  'deployment.environment.name',
  'deployment.environment',
];

/** Begins the name that the SDK gives to a service without one. */
const UNKNOWN = 'unknown_service';

/** Makes the fields of a resource, once for each resource. */
export class ResourceFields {
  readonly #choice: ResourceChoice;
  readonly #known = new WeakMap<OtelResource, Fields>();

  constructor(choice: ResourceChoice) {
    this.#choice = choice;
  }

  of(resource: OtelResource): Fields {
    const known = this.#known.get(resource);
    if (known) return known;
    const fields = this.#made(attributesOf(resource));
    if (!resource.asyncAttributesPending) this.#known.set(resource, fields);
    return fields;
  }

  #made(attributes: Fields): Fields {
    const names = this.#choice === 'all' ? Object.keys(attributes) : this.#choice;
    const chosen = names
      .filter((name) => Object.hasOwn(attributes, name))
      .map((name) => [name, plainValue(attributes[name])] as const)
      .filter(([name, value]) => value != null && !(name === 'service.name' && isUnknown(value)));
    return Object.fromEntries(chosen);
  }
}

function isUnknown(name: unknown): boolean {
  return typeof name === 'string' && name.startsWith(UNKNOWN);
}

/** The attributes that are known by now. The SDK reports it as an error if `attributes` is asked too early. */
function attributesOf(resource: OtelResource): Fields {
  if (!resource.asyncAttributesPending || !resource.getRawAttributes) return resource.attributes;
  const known = resource
    .getRawAttributes()
    .filter(([, value]) => value != null && typeof (value as { then?: unknown }).then !== 'function');
  // Of two with one name the first counts.
  return Object.fromEntries(known.toReversed());
}

const scopes = new WeakMap<OtelScope, Fields>();

/** The fields of a scope, by the names that OpenTelemetry's conventions have for formats without scopes. */
export function scopeFields(scope: OtelScope): Fields {
  const known = scopes.get(scope);
  if (known) return known;
  const { name, version, attributes } = scope;
  const hasAttributes = attributes !== undefined && Object.keys(attributes).length > 0;
  const fields = {
    ...(name ? { 'otel.scope.name': name } : {}),
    ...(version ? { 'otel.scope.version': version } : {}),
    ...(hasAttributes ? { 'otel.scope.attributes': plainValue(attributes) } : {}),
  };
  scopes.set(scope, fields);
  return fields;
}
