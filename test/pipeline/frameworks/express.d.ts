/** As much of Express as the tests use; the package comes without types. */
declare module 'express' {
  import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

  export interface Request extends IncomingMessage {
    readonly params: Readonly<Record<string, string>>;
  }

  export interface Response extends ServerResponse {
    json(body: unknown): void;
    set(name: string, value: string | readonly string[]): this;
  }

  type Handler = (req: Request, res: Response, next: (error?: unknown) => void) => void;

  interface Application extends RequestListener {
    set(name: string, value: unknown): this;
    get(path: string, handler: Handler): this;
    post(path: string, handler: Handler): this;
    use(path: string, router: Application): this;
    use(handler: (req: IncomingMessage, res: ServerResponse, next: () => void) => void): this;
    use(handler: (error: Error, req: Request, res: Response, next: (error?: unknown) => void) => void): this;
  }

  function express(): Application;
  namespace express {
    function Router(): Application;
    function json(): (req: IncomingMessage, res: ServerResponse, next: () => void) => void;
  }
  export default express;
}
