import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CallLedger } from '../calls.js';
import type { FaultScript } from '../faults/faults.js';
import type { Stores } from '../store/stores.js';
import type { ServerStatus } from './answers.js';
import { callPage } from './call-rows.js';
import { type Content, json, NOT_A_CALL, sendContent } from './content.js';
import { sendDownload } from './download.js';
import { eventPage } from './event-page.js';
import { facets } from './facets.js';
import { faultRows, switchFaults } from './fault-switches.js';
import { openFeed } from './feed.js';
import { groupRows } from './group-rows.js';
import { eventAt } from './event-at.js';
import { histogram } from './histogram.js';
import { insights, type StartQuery, startQuery } from './insights.js';
import type { Walk } from './walk.js';
import { PAGE_FILES, pageFile } from './page-files.js';
import { BadQuestion } from './question.js';
import { readJson } from './request-body.js';
import { savedQueries } from './saved-queries.js';
import { Selection } from './selection.js';
import { serverStatus } from './server-status.js';
import { isError } from './severity.js';
import { Abandoned, Turns } from '../turns.js';
import { VerdictCache, Verdicts } from './verdicts.js';

/** What the viewer shows. */
export interface Viewed {
  readonly endpoint: string;
  /** Region that programs are told to call. */
  readonly region: string;
  readonly stores: Stores;
  readonly ledger: CallLedger;
  readonly script: FaultScript;
  readonly clock: () => number;
  /** Default: a query of the server's own Logs Insights. */
  readonly startQuery?: StartQuery | undefined;
}

/** A question of the page, and where its answer goes. */
interface Question {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly query: URLSearchParams;
}

/** Answers with a content, or sends its answer itself. */
type Route = (question: Question) => Content | void | Promise<Content | void>;

/** Of no meaning: a request names the path only. */
const BASE = 'http://localhost';

/** How long one page of events may wait for the count of all that match. */
const COUNT_MS = 250;

/** The page at `/`, and what it asks the server below `/viewer/`. */
export class Viewer {
  readonly #viewed: Viewed;
  readonly #filters = new VerdictCache();
  readonly #errors = new Verdicts(isError);
  readonly #routes: ReadonlyMap<string, Route>;

  constructor(viewed: Viewed) {
    this.#viewed = viewed;
    this.#routes = new Map([...this.#reads(), ...this.#changes()]);
  }

  /** Handles its own errors, so that its promise never rejects. */
  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const content = await this.#answer(request, response);
      if (content !== undefined) sendContent(response, content);
    } catch (error) {
      if (error instanceof Abandoned || response.headersSent) response.destroy();
      else sendContent(response, refusalOf(error));
    }
  }

  #answer(request: IncomingMessage, response: ServerResponse): ReturnType<Route> {
    const target = request.url ?? '/';
    if (!URL.canParse(target, BASE)) return NOT_A_CALL;
    const { pathname, searchParams: query } = new URL(target, BASE);
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const route = this.#routes.get(`${method} ${pathname}`);
    return route === undefined ? this.#withoutRoute(pathname) : route({ request, response, query });
  }

  #withoutRoute(path: string): Content {
    const methods = ['GET', 'PUT', 'POST'].filter((method) => this.#routes.has(`${method} ${path}`));
    if (methods.length === 0) return NOT_A_CALL;
    const refusal = json({ error: `${path} can be asked by ${methods.join(' and ')} only.` }, 405);
    return { ...refusal, headers: { Allow: methods.join(', ') } };
  }

  #reads(): [string, Route][] {
    const { stores, ledger, script } = this.#viewed;
    const files = [...PAGE_FILES.keys()].map((path): [string, Route] => [
      `GET ${path}`,
      () => pageFile(path),
    ]);
    return [
      ...files,
      ['GET /viewer/groups', () => json(groupRows(stores))],
      [
        'GET /viewer/events',
        async (question) => json(await eventPage(this.#walk(question, COUNT_MS), question.query)),
      ],
      [
        'GET /viewer/histogram',
        async (question) => json(await histogram(this.#walk(question), question.query, this.#errors)),
      ],
      ['GET /viewer/facets', async (question) => json(await facets(this.#walk(question), question.query))],
      ['GET /viewer/download', (question) => sendDownload(question.response, this.#walk(question))],
      ['POST /viewer/insights', (question) => this.#insights(question)],
      ['GET /viewer/queries', () => json(savedQueries(stores))],
      ['GET /viewer/event', ({ query }) => json(eventAt(stores, query, this.#viewed.clock()))],
      ['GET /viewer/calls', ({ query }) => json(callPage(ledger, query))],
      ['GET /viewer/faults', () => json(faultRows(script))],
      ['GET /viewer/status', () => json(this.#status())],
      ['GET /viewer/feed', (question) => this.#openFeed(question)],
    ];
  }

  #changes(): [string, Route][] {
    const { script } = this.#viewed;
    const putFaults: Route = async ({ request }) => {
      switchFaults(script, await readJson(request));
      return json(faultRows(script));
    };
    return [['PUT /viewer/faults', putFaults]];
  }

  async #insights(question: Question): Promise<Content> {
    const body = await readJson(question.request);
    return json(await insights(this.#walk(question), body, this.#viewed.startQuery ?? startQuery));
  }

  #walk({ query, response }: Question, budgetMs?: number): Walk {
    const selection = new Selection(query, this.#filters);
    return {
      selection,
      sources: selection.sources(this.#viewed.stores),
      nowMs: this.#viewed.clock(),
      turns: new Turns(() => response.closed, budgetMs),
    };
  }

  #openFeed({ request, response, query }: Question): void {
    const { stores, ledger } = this.#viewed;
    const selection = new Selection(query, this.#filters);
    openFeed(request, response, selection, { stores, ledger, status: () => this.#status() });
  }

  #status(): ServerStatus {
    return serverStatus({ ...this.#viewed, nowMs: this.#viewed.clock() });
  }
}

function refusalOf(error: unknown): Content {
  if (error instanceof BadQuestion) {
    const { message, parameter, place } = error;
    return json({ error: message, parameter, place }, 400);
  }
  return json({ error: `The local server failed: ${String(error)}` }, 500);
}
