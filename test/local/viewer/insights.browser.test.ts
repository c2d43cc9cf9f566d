import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { describeInBrowser, openPage, startBrowser } from '../../support/browser.js';
import { poll } from '../../support/poll.js';
import { NOW_MS, type Stage, startEmpty, stopAll } from '../harness.js';
import { groupId, type Sent, startWith } from './page.js';

const MINUTE_MS = 60_000;

function line(minutesAgo: number, record: object): Sent {
  return { timestamp: NOW_MS - minutesAgo * MINUTE_MS, message: JSON.stringify(record) };
}

function shop(): Promise<Stage> {
  return startWith({
    '/shop': {
      api: [
        line(5, { level: 'info', message: 'started', ms: 4 }),
        line(4, { level: 'error', message: 'payment failed', ms: 30, error: { type: 'PaymentError' } }),
        line(4, { level: 'info', message: 'paid', ms: 6 }),
        line(1, { level: 'info', message: 'paid', ms: 8 }),
      ],
    },
    '/other': { s: [line(2, { level: 'warn', message: 'slow' })] },
  });
}

describeInBrowser('the tab of Logs Insights', () => {
  let browser: Browser;
  let stage: Stage;
  let page: Page;
  let complaints: readonly string[];

  beforeAll(async () => {
    browser = await startBrowser();
  });
  beforeEach(async () => {
    stage = await shop();
    ({ page, complaints } = await openPage(browser, `${stage.service.endpoint}/?tab=insights`));
    await editor().waitFor();
  });
  afterEach(async () => {
    // The browser itself reports each answer that is none of success.
    expect(complaints.filter((text) => !text.includes('status of 400'))).toEqual([]);
    await stopAll();
  });
  afterAll(() => browser.close());

  const editor = (): ReturnType<Page['locator']> => page.getByRole('textbox', { name: 'Query' });
  const rows = (): ReturnType<Page['locator']> => page.locator('.result-row[data-index]');
  const texts = async (): Promise<string[][]> =>
    Promise.all((await rows().all()).map((row) => row.locator('.cell').allTextContents()));
  const status = (): ReturnType<Page['locator']> => page.locator('.run-state');
  const run = async (query: string): Promise<void> => {
    await editor().fill(query);
    await page.keyboard.press('Control+Enter');
  };

  test('offers queries where there is none, and runs one at a click', async () => {
    await page.getByRole('heading', { name: 'Ask the log events' }).waitFor();
    expect(await page.locator('.empty-state .query-choice').count()).toBe(3);
    await page.getByRole('button', { name: 'Most frequent messages' }).click();
    await rows().first().waitFor();
    expect(await texts()).toContainEqual(['paid', '2']);
    expect(await editor().inputValue()).toContain('stats count(*) as events by message');
  });

  test('runs a query by the keyboard; its table has columns in order, and numbers at the right', async () => {
    await run('# what is slow\nfields message, ms | filter ispresent(ms) | sort ms desc');
    await rows().first().waitFor();
    expect(await texts()).toEqual([
      ['payment failed', '30'],
      ['paid', '8'],
      ['paid', '6'],
      ['started', '4'],
    ]);
    expect(await page.getByRole('columnheader').allTextContents()).toEqual(['message', 'ms']);
    const align =
      'getComputedStyle(document.querySelector(".result-row[data-index] .cell:last-child")).textAlign';
    expect(await page.evaluate(align)).toBe('end');
    expect(await status().textContent()).toMatch(
      /^4 rows · 4 of 5 events matched \(\d+ B\) in \d+ ms · times in UTC$/,
    );
    await page.getByRole('button', { name: 'ms', exact: true }).click();
    expect((await texts()).map(([, ms]) => ms)).toEqual(['4', '6', '8', '30']);
    await page.getByRole('columnheader', { name: 'ms' }).and(page.locator('[aria-sort=ascending]')).waitFor();
  });

  test('keeps query, log groups and time range in the URL; a reload and the way back show the same', async () => {
    await run('fields message | sort message');
    await rows().first().waitFor();
    await page.getByRole('button', { name: /^Log groups and streams/ }).click();
    await page.getByRole('checkbox', { name: /\/other/ }).click();
    await poll('one row', async () => ((await rows().count()) === 1 ? true : undefined));
    const { searchParams } = new URL(page.url());
    expect([...searchParams]).toEqual([
      ['group', groupId('/other')],
      ['tab', 'insights'],
      ['query', 'fields message | sort message'],
    ]);
    await page.reload();
    await rows().first().waitFor();
    expect(await texts()).toEqual([['slow']]);
    await page.goBack();
    await poll('all rows', async () => ((await rows().count()) === 5 ? true : undefined));
    await page.getByRole('button', { name: 'Calls', exact: true }).click();
    await page.getByRole('button', { name: 'Insights', exact: true }).click();
    expect(await rows().count()).toBe(5);
  });

  test('opens the event of a row by mouse and keyboard, and leads to it in the logs', async () => {
    await run('filter level = "error" | fields message');
    await rows().first().click();
    const details = page.getByRole('complementary', { name: 'Details of the event' });
    await details.getByText('PaymentError').first().waitFor();
    await page.keyboard.press('Escape');
    await details.waitFor({ state: 'detached' });
    await page.keyboard.press('Enter');
    await details.waitFor();
    await details.getByRole('button', { name: 'Context' }).click();
    await page.getByRole('grid', { name: 'Log events' }).getByText('started').waitFor();
    expect(new URL(page.url()).searchParams.get('tab')).toBeNull();
  });

  test('marks where a query is wrong, and says the line', async () => {
    await run('fields message\n| fielts a');
    await page.getByRole('alert').getByText('Line 2, column 3.').waitFor();
    expect(await page.locator('.query-wrong').allTextContents()).toEqual(['fielts']);
    expect(await editor().getAttribute('aria-invalid')).toBe('true');
    await editor().press('End');
    await page.keyboard.type(' ');
    await page.locator('.query-wrong').waitFor({ state: 'detached' });
    await run('fields message');
    await rows().first().waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  test('draws lines over time, one for each text, and tells the values under the pointer', async () => {
    await run('stats count(*) as events by bin(1m), level');
    await page.locator('.chart-line').first().waitFor({ state: 'attached' });
    expect(await page.locator('.legend-entry').allTextContents()).toEqual([
      expect.stringContaining('info'),
      expect.stringContaining('warn'),
      expect.stringContaining('error'),
    ]);
    // The minutes 5 and 4 are neighbours; before minute 1, bins are missing.
    expect(await page.locator('.source-0 .chart-line').getAttribute('d')).toMatch(
      /^M[\d.]+ [\d.]+L[\d.]+ [\d.]+M[\d.]+ [\d.]+$/,
    );
    const box = (await page.locator('.chart-drawing').boundingBox())!;
    await page.mouse.move(box.x + 60, box.y + 60);
    await page.locator('.legend-time').getByText('11:55:00.000').waitFor();
    expect(await page.locator('.legend-entry b').allTextContents()).toEqual(['1']);
  });

  test('draws bars of texts', async () => {
    await run('stats count(*) as events, max(ms) by level | sort events desc');
    await page.locator('.chart-bar').first().waitFor();
    const labels = await page.locator('.chart-drawing > g > .chart-label').allTextContents();
    expect(labels.map((text) => text.trim())).toEqual([
      expect.stringMatching(/^info/),
      expect.stringMatching(/^(error|warn)/),
      expect.stringMatching(/^(error|warn)/),
    ]);
    // No event at level warn has ms.
    expect(await page.locator('.chart-bar').count()).toBe(5);
  });

  test('explains a result without rows, and leads out of it', async () => {
    await page.goto(
      `${stage.service.endpoint}/?${new URLSearchParams({ tab: 'insights', query: 'fields message', start: '1', end: '2' }).toString()}`,
    );
    await page.getByText('The log groups have no event in this time.').waitFor();
    await page.getByRole('button', { name: 'All time' }).last().click();
    await rows().first().waitFor();
    await run('filter level = "none"');
    await page.getByText('There are events, and none passes the filters of the query.').waitFor();
    expect(await rows().count()).toBe(0);
  });

  test('saves the rows as CSV and JSON', async () => {
    await run('stats count(*) as events by level | sort events desc, level | limit 1');
    await rows().first().waitFor();
    const saved = async (kind: string): Promise<string> => {
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: `Download the rows as ${kind}` }).click();
      return readFileSync(await (await download).path(), 'utf8');
    };
    const [names, values] = (await saved('CSV')).split('\r\n').map((text) => text.split(','));
    const columns = await page.getByRole('columnheader').allTextContents();
    expect(names).toEqual(columns);
    expect(Object.fromEntries(names!.map((name, at) => [name, values![at]]))).toEqual({
      level: 'info',
      events: '3',
    });
    expect(JSON.parse(await saved('JSON'))).toEqual([{ level: 'info', events: '3' }]);
  });

  test('loads a saved query with its log groups', async () => {
    await stage.client.putQueryDefinition({
      name: 'What is slow',
      queryString: 'fields message',
      logGroupNames: ['/other'],
    });
    await page.getByRole('button', { name: /^Queries/ }).click();
    await page.getByRole('list', { name: 'Saved queries' }).getByRole('button').click();
    await rows().first().waitFor();
    expect(await texts()).toEqual([['slow']]);
    expect(new URL(page.url()).searchParams.getAll('group')).toEqual([groupId('/other')]);
  });

  test('stops a query that runs', async () => {
    let answer = (): void => undefined;
    const waits = new Promise<void>((resolve) => (answer = resolve));
    await page.route('**/viewer/insights**', async (route) => {
      await waits;
      await route.abort();
    });
    await run('fields message');
    await status().getByText('Searching…').waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await status().getByText('Stopped.').waitFor();
    await page.getByRole('button', { name: 'Run' }).waitFor();
    answer();
    expect(await rows().count()).toBe(0);
  });

  test('shows text as text, whatever is in rows and columns', async () => {
    await stage.client.putLogEvents({
      logGroupName: '/shop',
      logStreamName: 'api',
      logEvents: [line(0, { message: '<img src=x onerror="window.stolen=1">\u202ereversed' })],
    });
    const name = '`<img src=x onerror=window.stolen=1>`';
    await run(`stats count(*) as ${name} by message | filter message like /img/`);
    await rows().first().waitFor();
    await page.locator('.chart-bar').first().waitFor();
    expect(await page.locator('.insights').innerHTML()).toContain('U+202Ereversed');
    expect(
      await page.evaluate('[window.stolen, document.querySelectorAll("#app img, #app script").length]'),
    ).toEqual([undefined, 0]);
  });
});

describeInBrowser('a result of many rows', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterEach(stopAll);
  afterAll(() => browser.close());

  test('has few of them in the document, and leads to the last one', async () => {
    const stage = await startEmpty();
    await stage.client.createLogGroup({ logGroupName: '/g' });
    await stage.client.createLogStream({ logGroupName: '/g', logStreamName: 's' });
    const logEvents = Array.from({ length: 10_000 }, (_, at) => ({
      timestamp: NOW_MS - 10_000 + at,
      message: `line ${at}`,
    }));
    await stage.client.putLogEvents({ logGroupName: '/g', logStreamName: 's', logEvents });
    const query = 'fields @message | limit 10000';
    const { page } = await openPage(
      browser,
      `${stage.service.endpoint}/?${new URLSearchParams({ tab: 'insights', query }).toString()}`,
    );
    await page.getByText('line 9999', { exact: true }).waitFor();
    expect(await page.locator('.result-row').count()).toBeLessThan(100);
    await page.evaluate('document.querySelector(".result-list").scrollTop = 1e9');
    await page.getByText('line 0', { exact: true }).waitFor();
    expect(await page.locator('.result-row').count()).toBeLessThan(100);
    const grid = page.getByRole('grid', { name: 'Result' });
    expect(await grid.getAttribute('aria-rowcount')).toBe('10001');
  });
});
