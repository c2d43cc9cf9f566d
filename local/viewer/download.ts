import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { sendHead } from './content.js';
import { allEvents } from './event-page.js';
import { eventRow } from './event-rows.js';
import type { Walk } from './walk.js';
import { Abandoned } from '../turns.js';

/** Sends a selection as JSON lines, as fast as the reader takes them. */
export async function sendDownload(response: ServerResponse, walk: Walk): Promise<void> {
  sendHead(response, 'application/x-ndjson; charset=utf-8', {
    'Content-Disposition': 'attachment; filename="log-events.jsonl"',
  });
  for await (const page of allEvents(walk)) {
    const lines = page.map((found) => `${JSON.stringify(eventRow(found))}\n`);
    if (!response.write(lines.join(''))) await drained(response);
  }
  response.end();
}

/** @throws Abandoned if the reader leaves instead */
async function drained(response: ServerResponse): Promise<void> {
  const leaving = new AbortController();
  const leave = (): void => leaving.abort();
  response.once('close', leave);
  try {
    if (response.closed) throw new Abandoned();
    await once(response, 'drain', { signal: leaving.signal });
  } catch {
    throw new Abandoned();
  } finally {
    response.off('close', leave);
  }
}
