import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { wrongInEach } from '../../support/attempts.js';
import { describeInBrowser, openPage, startBrowser } from '../../support/browser.js';

const MAX_FIRST_PAINT_MS = 1_000;
const MAX_FRAME_MS = 100;
const MAX_ROWS = 500;
/** Of the whole list: each event has a row. */
const MIN_PIXELS = 1_000_000;
const PATIENCE_MS = 240_000;

describeInBrowser('with 100,000 events, while 200 a second arrive', () => {
  let browser: Browser;
  let server: ChildProcess;
  let endpoint: string;

  beforeAll(async () => {
    browser = await startBrowser();
    server = fork(join(__dirname, 'many-events.mjs'));
    [endpoint] = (await once(server, 'message')) as [string];
  });
  afterAll(async () => {
    server.disconnect();
    await browser.close();
  });

  async function withPage<T>(work: (page: Page) => Promise<T>): Promise<T> {
    const { page } = await openPage(browser, endpoint, {}, NOTE_FIRST_ROW);
    await page.locator('.row[data-index]').first().waitFor();
    const result = await work(page);
    await page.context().close();
    return result;
  }

  test(
    'the first events are painted within a second',
    async () => {
      const wrong = await wrongInEach(async () => {
        const paintedMs = (await withPage((page) => page.evaluate('window.firstRowMs'))) as number;
        return paintedMs < MAX_FIRST_PAINT_MS ? [] : [`${paintedMs} ms until the first row`];
      });
      expect(wrong).toEqual([]);
    },
    PATIENCE_MS,
  );

  test(
    'a scroll through all has no long frame, and few rows in the document',
    async () => {
      const wrong = await wrongInEach(() =>
        withPage(async (page) => {
          // By a wheel first: a list that follows goes back to its end before it hears what a script did in the same frame.
          await page.getByRole('grid').hover();
          await page.mouse.wheel(0, -500);
          await page.getByText('Resume').waitFor();
          const measured = (await page.evaluate(SCROLL_THROUGH_ALL)) as Measured;
          const complaints = complaintsOf(measured);
          if (complaints.length === 0) await page.getByText('event 0 of many').first().waitFor();
          return complaints;
        }),
      );
      expect(wrong).toEqual([]);
    },
    PATIENCE_MS,
  );

  test('the list follows what arrives', async () => {
    await withPage(async (page) => {
      const before = await totalOf(page);
      await page.waitForTimeout(1_500);
      expect((await totalOf(page)) - before).toBeGreaterThan(100);
      expect(await page.evaluate('document.querySelectorAll("[role=row]").length')).toBeLessThan(MAX_ROWS);
    });
  });
});

/** Notes how many milliseconds after the start of the navigation the frame was painted that has the first row. */
const NOTE_FIRST_ROW = `{
  const note = () => (window.firstRowMs = Math.round(performance.now()));
  const look = () => requestAnimationFrame(document.querySelector('.row[data-index]') ? note : look);
  look();
}`;

interface Measured {
  readonly longestMs: number;
  readonly frames: number;
  readonly rows: number;
  readonly reached: readonly [number, number];
}

/** From the newest event to the oldest in ten seconds, measured frame by frame. Gives up after thirty. */
const SCROLL_THROUGH_ALL = `new Promise((resolve) => {
  const list = document.querySelector('.list');
  const start = list.scrollTop;
  const startMs = performance.now();
  let [lastMs, longestMs, frames, rows] = [startMs, 0, 0, 0];
  const frame = (nowMs) => {
    longestMs = Math.max(longestMs, nowMs - lastMs);
    lastMs = nowMs;
    frames += 1;
    rows = Math.max(rows, document.querySelectorAll('[role=row]').length);
    if (list.scrollTop === 0 || nowMs - startMs > 30_000)
      return resolve({ longestMs: Math.round(longestMs), frames, rows, reached: [start, list.scrollTop] });
    list.scrollTop = Math.max(0, start * (1 - Math.max(0, nowMs - startMs) / 10_000));
    requestAnimationFrame(frame);
  };
  requestAnimationFrame((nowMs) => {
    lastMs = nowMs;
    frame(nowMs);
  });
})`;

function complaintsOf({ longestMs, frames, rows, reached }: Measured): string[] {
  const [start, end] = reached;
  return [
    longestMs > MAX_FRAME_MS && `a frame of ${longestMs} ms, of ${frames} frames`,
    rows >= MAX_ROWS && `${rows} rows in the document`,
    start < MIN_PIXELS && `the list had ${start} pixels to scroll`,
    end > 0 && `the scroll ended ${end} pixels before the first event`,
    frames < 100 && `${frames} frames only`,
  ].filter((text) => text !== false);
}

async function totalOf(page: Page): Promise<number> {
  const total = page.locator('.total', { hasText: /^1\d\d,\d{3} events$/ });
  return Number((await total.textContent())!.replaceAll(/\D/g, ''));
}
