import type { Environment } from '../../contract/codec.js';
import type { Problem } from '../../contract/problems.js';
import type { CloudWatchValues } from '../../contract/sections.js';
import type { Target } from '../../runtime/batch/target.js';
import { adviceFor } from '../../runtime/send/advice.js';
import type { Credentials } from '../../runtime/send/held-credentials.js';
import { messageOf, traits } from '../../runtime/send/verdict.js';
import { Settings } from '../../runtime/settings/settings.js';
import { targetOf } from '../../runtime/stream-name.js';
import { endpointPlace } from './endpoint-place.js';
import { outcomeOf, type Outcome } from './outcome.js';
import { probe, type Probe } from './probe.js';
import { within } from './time-limit.js';
import { wayOf, type Way } from './way.js';

/** Where the doctor looks, and how far it may go. */
export interface Surroundings {
  readonly env: Environment;
  /** The folder of the application. */
  readonly folder: string;
  readonly nowMs: () => number;
  /** Ends every check. */
  readonly signal: AbortSignal;
  /** The longest that one call may take. */
  readonly timeoutMs: number;
  /** Whether a log event may be written. */
  readonly write: boolean;
  /** Profile of the one who asks, who may see more than the application. */
  readonly profile?: string | undefined;
}

/** The application as it would be here. What several checks ask for is found out once. */
export class Application {
  readonly surroundings: Surroundings;
  readonly settings: Settings;
  readonly problems: readonly Problem[];
  readonly target: Target;
  #way: Promise<Way> | undefined;
  #credentials: Promise<Outcome<Credentials>> | undefined;
  #probe: Promise<Probe | undefined> | undefined;

  private constructor(surroundings: Surroundings, settings: Settings, problems: readonly Problem[]) {
    this.surroundings = surroundings;
    this.settings = settings;
    this.problems = problems;
    this.target = targetOf(this.sink);
  }

  static async read(surroundings: Surroundings): Promise<Application> {
    const { env } = surroundings;
    const problems: Problem[] = [];
    const sources = { env, requireComplete: true };
    const settings = await Settings.examine(sources, (found) => void problems.push(...found));
    return new Application(surroundings, settings, problems);
  }

  get env(): Environment {
    return this.surroundings.env;
  }

  get sink(): CloudWatchValues {
    return this.settings.sinkConfig.cloudwatch;
  }

  /** Whether anything is to go to CloudWatch Logs. */
  get isDelivering(): boolean {
    const { sinks, logLevel } = this.settings.core;
    return sinks.includes('cloudwatch') && logLevel !== 'silent' && this.sink.level !== 'silent';
  }

  way(): Promise<Way> {
    return (this.#way ??= wayOf(this.sink, this.env));
  }

  /** The credentials with which the sink would sign. */
  credentials(): Promise<Outcome<Credentials>> {
    return (this.#credentials ??= this.way().then(({ credentials }) =>
      outcomeOf(() => within(this.surroundings, () => credentials({}))),
    ));
  }

  /** What the endpoint answers to a call without a signature; `undefined` without an endpoint that speaks HTTP. */
  probe(): Promise<Probe | undefined> {
    return (this.#probe ??= this.#ask());
  }

  async #ask(): Promise<Probe | undefined> {
    const { endpoint } = await this.way();
    if ('error' in endpoint || !isOfHttp(endpoint.value)) return undefined;
    return probe(endpoint.value, this.surroundings);
  }

  /** What mends a call that failed, in the words of the sink itself. */
  async adviceOn(operation: string, error: unknown, reason = traits(error).reason): Promise<string> {
    const { region } = await this.way();
    const custom = await this.customEndpoint();
    const advice = adviceFor({
      operation,
      target: this.target,
      reason,
      message: messageOf(error),
      status: traits(error).status,
      surroundings: {
        region: 'value' in region ? region.value : undefined,
        endpointUrl: custom,
        env: this.env,
        skewMs: (await this.probe())?.skewMs ?? 0,
      },
    });
    if (advice === undefined) return 'wait and ask again; the sink repeats its calls meanwhile';
    return custom === undefined
      ? advice
      : advice.replaceAll('endpointUrl', endpointPlace(this.settings, this.env));
  }

  /** The endpoint, if it is not the one of the service in its Region. */
  async customEndpoint(): Promise<string | undefined> {
    const { endpoint } = await this.way();
    if (!('value' in endpoint)) return this.sink.endpointUrl;
    const { hostname, href } = endpoint.value;
    return /^logs(?:-fips)?\.[\w-]+\.(?!localhost)/.test(hostname) ? undefined : href;
  }
}

/** Other URLs come from an endpoint without a scheme, such as `localhost:4588`. */
export function isOfHttp({ protocol }: URL): boolean {
  return protocol === 'http:' || protocol === 'https:';
}
