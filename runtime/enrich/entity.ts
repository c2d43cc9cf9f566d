import type { Environment } from '../../contract/codec.js';
import { MAX_ENTITY_BYTES, MAX_ENTITY_VALUE_LENGTH } from '../../contract/limits.js';
import type { ServiceSettings } from '../edges.js';
import type { Clock } from '../io/clock.js';
import type { Report } from '../io/diagnostics.js';
import { reasonOf } from '../serialize/guard.js';
import { ecsFields } from './ecs.js';
import { platformOf, type Platform, type Surroundings } from './platform.js';
import { resourceAttributes } from './resource-attributes.js';
import { variable } from './variables.js';

export interface EntityParts extends ServiceSettings, Pick<Surroundings, 'instanceFile'> {
  readonly env: Environment;
  readonly clock: Clock;
  readonly report: Report;
}

/** Who gave the service its name, in the words of Application Signals. */
type NameSource = 'UserConfiguration' | 'Instrumentation';

interface Service {
  readonly name: string;
  readonly source: NameSource;
  readonly environment: string | undefined;
}

/**
 * Hands on the entity of this process, the service that CloudWatch relates its events to, as the JSON of a request. It is
 * handed on at once, or when the metadata of an ECS task say its cluster; never where nothing names the service, and never
 * where its environment is not known, since such an entity would be another one than that of the service's traces.
 */
export function announceEntity(parts: EntityParts, announce: (entity: string) => void): void {
  const { core, env, clock, report } = parts;
  const resource = resourceAttributes(env);
  const service = serviceOf(parts, resource);
  if (service === undefined) return;
  const tell = (cluster?: string): void => {
    const entity = entityOf(service, platformOf({ ...parts, resource, cluster }), report);
    if (entity !== undefined) announce(entity);
  };
  const uri = variable(env, 'ECS_CONTAINER_METADATA_URI_V4');
  if (service.environment !== undefined || uri === undefined) return tell();
  if (!core.enrich) return;
  ecsFields(uri, clock)
    .then(({ cluster }) => tell(cluster as string | undefined))
    .catch((error: unknown) =>
      report('entity.omitted', `calls name no service: no metadata of the ECS task: ${reasonOf(error)}`),
    );
}

/** The name is the one that the lines have, unless that is the name of a function, which nobody chose for the service. */
function serviceOf({ app, env }: EntityParts, resource: Surroundings['resource']): Service | undefined {
  const otelName = variable(env, 'OTEL_SERVICE_NAME');
  const name = app.service ?? otelName;
  if (name === undefined) return undefined;
  return {
    name,
    source: name === otelName ? 'Instrumentation' : 'UserConfiguration',
    environment: app.env ?? resource['deployment.environment'] ?? resource['deployment.environment.name'],
  };
}

/** A shortened name would be that of another service, so that nothing is sent; an attribute that does not fit is left out. */
function entityOf(
  { name, source, environment }: Service,
  platform: Platform,
  report: Report,
): string | undefined {
  const Environment = environment ?? platform.environment;
  if (Environment === undefined) return undefined;
  const keyAttributes = { Type: 'Service', Name: name.trim(), Environment: Environment.trim() };
  const known = Object.entries({ ...platform.attributes, 'AWS.ServiceNameSource': source });
  const attributes = Object.fromEntries(known.filter(([, value]) => value !== undefined && isFit(value)));
  const whole = JSON.stringify({ keyAttributes, attributes });
  const least = JSON.stringify({ keyAttributes });
  if (!Object.values(keyAttributes).every(isFit) || !isSmall(least)) {
    report(
      'entity.omitted',
      `calls name no service: service and env may have ${MAX_ENTITY_VALUE_LENGTH} characters, and no control characters`,
    );
    return undefined;
  }
  return isSmall(whole) ? whole : least;
}

function isSmall(entity: string): boolean {
  return Buffer.byteLength(entity) <= MAX_ENTITY_BYTES;
}

function isFit(value: string): boolean {
  return value.length <= MAX_ENTITY_VALUE_LENGTH && /^[^\p{Cc}]+$/u.test(value);
}
