/**
 * A client for CloudWatch Logs of the AWS SDK, of any version 3, as far as the sink uses it: `new CloudWatchLogsClient({ … })` or
 * `new CloudWatchLogs({ … })`.
 */
export interface LogsClient {
  /** Region, endpoint, credentials: read by the SDK alone. */
  readonly config: object;
  /** The steps of a call, to which the sink adds its own. */
  readonly middlewareStack: object;
  /** Makes a call. */
  send(command: never, options?: never): Promise<unknown>;
}

/** What signs calls. */
export interface ClientCredentials {
  /** Id of the access key. */
  readonly accessKeyId: string;
  /** Secret access key; it never stands in a line or a report. */
  readonly secretAccessKey: string;
  /** Session token, where the credentials are temporary. */
  readonly sessionToken?: string | undefined;
  /** When they expire; others are asked for five minutes before. @default - they do not */
  readonly expiration?: Date | undefined;
}

/** Finds credentials. `properties` are what the SDK says of the call. */
// oxlint-disable-next-line typescript/no-explicit-any -- providers of the SDK ask for properties of their own
export type ClientCredentialProvider = (properties?: any) => Promise<ClientCredentials>;

/**
 * Options of the AWS SDK's `CloudWatchLogsClient`, which the sink makes with them. Those that are not named here are passed on as they
 * are. `maxAttempts`, `retryMode` and `retryStrategy` are refused: the sink retries itself.
 */
export interface ClientConfig {
  /**
   * What sends the requests, such as a `NodeHttpHandler` with an agent for a proxy, or its options. The sink never closes it.
   * @default - connections of the sink's own; through the proxy of the environment where Node.js itself uses one
   */
  readonly requestHandler?: object | undefined;
  /**
   * Credentials, or what finds them: it is asked once for all calls, again before they expire and when the service refuses them.
   * With the setting `roleArn`, they assume that role.
   * @default - the SDK's default chain of providers
   */
  readonly credentials?: ClientCredentials | ClientCredentialProvider | undefined;
  /** Excludes the option `region` of the sink. @default - that of the sink */
  readonly region?: string | (() => Promise<string>) | undefined;
  /** Excludes the option `endpointUrl` of the sink. @default - that of the sink */
  readonly endpoint?: string | object | undefined;
  /** Names the application in the user agent, and so in CloudTrail. @default - `AWS_SDK_UA_APP_ID` */
  readonly userAgentAppId?: string | (() => Promise<string | undefined>) | undefined;
  /** What the SDK says of its calls, for debugging. Keep it out of the sink: each call would log others. @default - none */
  readonly logger?: object | undefined;
  /** Refused: the sink retries itself. */
  readonly maxAttempts?: never;
  /** Refused: the sink retries itself. */
  readonly retryMode?: never;
  /** Refused: the sink retries itself. */
  readonly retryStrategy?: never;
  /** Any other option of the client, passed on as it is. */
  readonly [option: string]: unknown;
}

/** What the application has given to make the calls with. */
export type GivenClient =
  | { readonly kind: 'client'; readonly client: LogsClient }
  | { readonly kind: 'config'; readonly config: ClientConfig };

/** Whether the application has also given what finds the credentials. */
export function hasOwnCredentials(given: GivenClient | undefined): boolean {
  return given?.kind === 'client' || given?.config.credentials !== undefined;
}

/** Whether the application has also given what the connections of the client are made of, and so knows of proxies. */
export function hasOwnConnections(given: GivenClient | undefined): boolean {
  return given?.kind === 'client' || given?.config.requestHandler !== undefined;
}
