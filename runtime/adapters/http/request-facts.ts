/** What options that are functions are told of a request. */
export interface RequestFacts<Request = unknown> {
  /** The framework's own object: the request of node:http, Express and Fastify, the context of Koa and Hono. */
  readonly request: Request;
  /** Method, such as `GET`. */
  readonly method: string;
  /** Path and query, as the client sent them. */
  readonly url: string;
  /** The URL without its query. */
  readonly path: string;
  /** The pattern that has matched, such as `/orders/:id`, where the framework knows it. Not known yet in the line of the start. */
  readonly route?: string | undefined;
  /** Id of the request, which stands in all its lines. */
  readonly requestId: string;
  /** Status of the response; absent where none was sent. */
  readonly statusCode?: number | undefined;
  /** Milliseconds from the start of the request to its end. Absent in the line of the start. */
  readonly durationMs?: number | undefined;
  /** The error that the framework, the application or the response told of. */
  readonly error?: unknown;
  /** Whether the connection was closed before the response was sent whole. */
  readonly isAborted: boolean;
}
