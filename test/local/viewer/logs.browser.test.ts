import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { lossRecord } from '../../../runtime/ack/losses.js';
import type { LogRecord } from '../../../runtime/log-record.js';
import { formatLine } from '../../../runtime/serialize/line.js';
import { describeInBrowser, openPage, startBrowser } from '../../support/browser.js';
import { poll } from '../../support/poll.js';
import { NOW_MS, type Stage, stopAll } from '../harness.js';
import { groupId, type Sent, startWith } from './page.js';

describeInBrowser('a log event', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterEach(stopAll);
  afterAll(() => browser.close());

  async function open(stage: Stage, query: Readonly<Record<string, string>> = {}): Promise<Page> {
    const { page } = await openPage(
      browser,
      `${stage.service.endpoint}/?${new URLSearchParams(query).toString()}`,
    );
    await page.locator('.row[data-index]').first().waitFor();
    return page;
  }

  test('shows its error with the calls and the causes', async () => {
    const page = await open(await shop());
    await row(page, 'charge failed').click();
    const details = page.locator('.details');

    expect(await details.locator('.error-step h3').allTextContents()).toEqual([
      'TypeError: no card',
      'Caused by Error: connection reset',
    ]);
    expect(await details.locator('.frames li').count()).toBeGreaterThan(0);
    expect(await row(page, 'charge failed').textContent()).toContain('TypeError: no card');
  });

  test('filters by a value of it, and without one, by a pattern that the URL keeps', async () => {
    const page = await open(await shop());
    await row(page, 'charge failed').click();
    await value(page, 'billing').click();
    await lines(page, ['charge started', 'charge failed']);

    expect(filterOf(page)).toBe('{ $.service = "billing" }');

    await page.locator('.fields tr', { hasText: 'level' }).first().hover();
    await page.getByRole('button', { name: 'Exclude events with this value of level' }).click();
    await lines(page, ['charge started']);

    expect(filterOf(page)).toBe('{ $.service = "billing" && $.level != "error" }');

    await page.goBack();
    await page.goBack();
    await lines(page, ALL);
  });

  test('is copied, and where the browser does not allow it, says so', async () => {
    const page = await open(await shop());
    await row(page, 'charge failed').click();
    const copy = page.getByRole('button', { name: 'Copy the line as it was logged' });
    await copy.click();
    await copy.getByText('Copied').waitFor();
    await page.evaluate(
      'document.execCommand = () => false; navigator.clipboard.writeText = () => Promise.reject(new Error("not allowed"));',
    );
    await copy.getByText('Copy line').waitFor();
    await copy.click();
    await copy.getByText('Not allowed').waitFor();
    expect(await copy.getByText('Copied').count()).toBe(0);
  });

  test('leaves the focus in the list when its details close', async () => {
    const page = await open(await shop());
    const close = page.getByRole('button', { name: 'Close details' });
    for (const key of ['Enter', 'Escape']) {
      await row(page, 'charge failed').click();
      await close.press(key);
      await close.waitFor({ state: 'detached' });
      await page.locator('.list:focus').waitFor();
      expect(await page.locator('body:focus').count()).toBe(0);
    }
  });

  test('is found by the facets, whose values become alternatives', async () => {
    const page = await open(await shop());
    const levels = page.locator('.facet', { hasText: 'level' });
    await levels.getByRole('button', { name: /^error\s*1$/ }).click();
    await lines(page, ['charge failed']);
    await page.goBack();
    await levels.getByRole('button', { name: /^warn\s*2$/ }).waitFor();
    await levels.getByRole('button', { name: /^error\s*1$/ }).click();
    await page.getByLabel('Filter pattern').fill('{ ($.level = "error" || $.level = "warn") }');
    await page.keyboard.press('Enter');
    await levels.getByRole('button', { name: /^warn/, pressed: true }).click();

    expect(filterOf(page)).toBe('{ $.level = "error" }');
  });

  test('leads to what is around it in its stream, whatever the filter was', async () => {
    const page = await open(await shop(), { filter: '{ $.level = "error" }' });
    await row(page, 'charge failed').click();
    await page.getByRole('button', { name: 'Context' }).click();
    await lines(page, ['charge started', 'charge failed', 'dropped']);

    expect(await page.getByRole('row', { selected: true }).textContent()).toContain('charge failed');
    expect(new URL(page.url()).searchParams.getAll('stream')).toEqual([`${groupId('/shop')}:billing-1`]);

    await page.reload();
    await page.getByRole('row', { selected: true }).getByText('charge failed').waitFor();
  });

  test('leads to all of its request and of its trace', async () => {
    const page = await open(await shop(), { stream: `${groupId('/shop')}:billing-1` });
    await row(page, 'charge failed').click();
    await page.getByRole('button', { name: 'This request' }).click();
    await lines(page, ['request received', 'charge failed']);
    await page.getByRole('button', { name: 'This trace' }).click();
    await lines(page, ['request received', 'charge started', 'charge failed']);

    expect(filterOf(page)).toBe('{ $.traceId = "t-1" }');
  });

  test('can be shown with a column for a member', async () => {
    const page = await open(await shop());
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('dialog').getByLabel('requestId').check();
    await page.keyboard.press('Escape');

    expect(await page.getByRole('columnheader').allTextContents()).toEqual([
      'time',
      'level',
      'requestId',
      'message',
    ]);
    expect(await row(page, 'charge failed').getByRole('gridcell').nth(2).textContent()).toBe('r-1');
  });

  test('stands out if it reports a loss, has the colours of its terminal, and is folded if it is a megabyte', async () => {
    const page = await open(await shop());

    expect(await page.locator('.row.is-loss').textContent()).toMatch(
      /events lost.*3 log events were dropped/,
    );

    await row(page, 'GET /orders 500').waitFor();

    expect(await page.locator('.row .ansi-1.bold').textContent()).toBe('500');

    await row(page, 'a large one').getByText('1.0 MiB').waitFor();
    await row(page, 'a large one').click();
    await page
      .locator('.details')
      .getByRole('button', { name: /show more/ })
      .first()
      .waitFor();

    expect(await page.evaluate('document.querySelector(".details").textContent.length')).toBeLessThan(
      100_000,
    );
  });
});

describeInBrowser('the list', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterEach(stopAll);
  afterAll(() => browser.close());

  async function open(): Promise<Page> {
    const { page } = await openPage(browser, (await shop()).service.endpoint);
    await lines(page, ALL);
    return page;
  }

  test('has the streams that are picked, found by their names, each in its colour', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Log groups and streams' }).click();
    await page.getByLabel('Search groups and streams').fill('i-1');
    await page.getByLabel('api-1').check();
    await lines(page, ['request received', 'GET /orders 500', 'a large one']);
    await page.getByLabel('Search groups and streams').fill('billing');
    await page.getByLabel('billing-1').check();
    await lines(page, ALL);
    const colours = await page
      .locator('.row[data-index]')
      .evaluateAll((rows: { className: string }[]) => [
        ...new Set(rows.map(({ className }) => /source-\d/.exec(className)?.[0])),
      ]);

    expect(colours).toHaveLength(2);
  });

  test('has the time that one draws over in the histogram', async () => {
    const page = await open();
    const box = (await page.locator('.histogram svg').boundingBox())!;
    await page.mouse.move(box.x + 1, box.y + 10);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.45, box.y + 10, { steps: 5 });
    await page.mouse.up();
    await lines(page, ['request received', 'charge started', 'charge failed']);
    const { searchParams } = new URL(page.url());

    expect(Number(searchParams.get('start'))).toBeLessThanOrEqual(NOW_MS);
    expect(Number(searchParams.get('end'))).toBeGreaterThan(NOW_MS + 2_000);
  });

  test('has the time range that one gives, by the clock that one chooses', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Time range' }).click();
    await page.getByRole('button', { name: 'UTC', exact: true }).click();
    await page.getByLabel('From', { exact: true }).fill('2026-01-15T12:00:01.000');
    await page.getByLabel('To', { exact: true }).fill('2026-01-15T12:00:02.500');
    await page.getByRole('button', { name: 'Show' }).last().click();
    await lines(page, ['charge started', 'charge failed']);

    expect(await row(page, 'charge started').textContent()).toContain('12:00:01.000');
  });

  test('has its time range shown by the clock that one chooses', async () => {
    const { service } = await shop();
    const { page } = await openPage(browser, `${service.endpoint}/?start=${Date.UTC(2026, 0, 15, 12)}`);
    await page.getByRole('button', { name: /^Time range/ }).click();
    const from = page.getByRole('textbox', { name: 'From' });

    expect(await from.inputValue()).toMatch(/^2026-01-15T13:00/);

    await page.getByRole('button', { name: 'UTC' }).click();

    expect(await from.inputValue()).toMatch(/^2026-01-15T12:00/);
  });

  test('says that a click has replaced a pattern of words, and puts it back', async () => {
    const page = await open();
    await page.getByLabel('Filter pattern').fill('charge');
    await page.keyboard.press('Enter');
    await lines(page, ['charge started', 'charge failed']);
    await page
      .locator('.facet', { hasText: 'level' })
      .getByRole('button', { name: /^error/ })
      .click();
    await lines(page, ['charge failed']);
    await page.getByRole('button', { name: 'Put it back' }).click();
    await lines(page, ['charge started', 'charge failed']);

    expect(filterOf(page)).toBe('charge');
  });

  test('keeps its place and the selected event in sight, however small the window is', async () => {
    const page = await open();
    await page.setViewportSize({ width: 600, height: 560 });
    for (const key of ['j', 'k', 'j', 'Enter']) await page.keyboard.press(key);
    await page.locator('.details').waitFor();
    const list = (await page.getByRole('grid').boundingBox())!;
    await poll('the selected event in sight', async () => {
      const selected = (await page.getByRole('row', { selected: true }).boundingBox())!;
      return (selected.y > list.y && selected.y + selected.height <= list.y + list.height) || undefined;
    });

    expect(list.width).toBe(600);
  });

  test('is at the context of an event, also from afar', async () => {
    const many = (text: string, startMs: number): Sent[] =>
      Array.from({ length: 4_000 }, (_, at) => ({
        timestamp: startMs + at,
        message: `${text} ${at} of many`,
      }));
    const stage = await startWith({
      '/many': { other: many('other', NOW_MS - 10_000), one: many('one', NOW_MS) },
    });
    const { page } = await openPage(browser, stage.service.endpoint);
    await row(page, 'one 3999 of many').waitFor();
    await page.evaluate('document.querySelector(".list").scrollTop = 4_490 * 22');
    await row(page, 'one 500 of many').click();
    await page.getByRole('button', { name: 'Context' }).click();
    await row(page, 'one 499 of many').waitFor();
    await row(page, 'one 501 of many').waitFor();
    const selected = page.getByRole('row', { selected: true });

    expect(await selected.textContent()).toContain('one 500 of many');
    expect(
      await selected.evaluate((element: { checkVisibility: () => boolean }) => element.checkVisibility()),
    ).toBe(true);
    expect(await page.getByText('Resume').count()).toBe(1);
  });

  test.each([400, 320])('has the whole of its head and its bars in a window of %i pixels', async (width) => {
    const page = await open();
    await page.setViewportSize({ width, height: 640 });

    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    for (const name of ['Help', /^Colours/, 'Calls', 'Columns', /^Clear/])
      expect(await page.getByRole('button', { name }).first().isVisible()).toBe(true);
  });

  test('is clear from here, and shows what comes', async () => {
    const stage = await shop();
    const { page } = await openPage(browser, stage.service.endpoint);
    await lines(page, ALL);
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    await page.getByText('Nothing new yet').waitFor();
    await stage.client.putLogEvents({
      logGroupName: '/shop',
      logStreamName: 'api-1',
      logEvents: [{ timestamp: NOW_MS + 60_000, message: 'after it' }],
    });
    await lines(page, ['after it']);

    expect(Number(new URL(page.url()).searchParams.get('start'))).toBe(NOW_MS + 5_001);
  });

  test('is light or dark as one likes it, also the next time', async () => {
    const page = await open();
    const hasGround = (colour: string): Promise<unknown> =>
      poll(`a ground of ${colour}`, async () => {
        const ground = await page.evaluate('getComputedStyle(document.body).backgroundColor');
        return ground === colour || undefined;
      });

    await hasGround('rgb(255, 255, 255)');

    await page.getByRole('button', { name: /^Colours/ }).click();
    await page.getByRole('button', { name: /^Colours: light/ }).click();

    await hasGround('rgb(17, 21, 27)');

    await page.reload();
    await lines(page, ALL);

    await hasGround('rgb(17, 21, 27)');

    expect(await page.getByRole('button', { name: /^Colours: dark/ }).count()).toBe(1);
  });

  test('can be downloaded as JSON lines, as it is selected', async () => {
    const page = await open();
    await page.getByLabel('Filter pattern').fill('{ $.level = "error" }');
    await page.keyboard.press('Enter');
    await lines(page, ['charge failed']);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download as JSON lines' }).click(),
    ]);
    const text = await readFile(await download.path(), 'utf8');

    expect(text.split('\n').map((line) => line.includes('charge failed'))).toEqual([true, false]);
  });

  test('has a name for everything that one can use', async () => {
    const page = await open();
    await row(page, 'charge failed').click();
    const nameless = await page.locator('button, a, input').evaluateAll(
      (
        elements: {
          ariaLabel: string | null;
          title: string;
          textContent: string;
          labels?: { length: number };
        }[],
      ) =>
        elements.filter(
          ({ ariaLabel, title, textContent, labels }) =>
            !(ariaLabel || title || textContent.trim() || labels?.length),
        ).length,
    );

    expect(nameless).toBe(0);
  });
});

const ESC = '\u001b';
const ALL = [
  'request received',
  'charge started',
  'charge failed',
  'dropped',
  'GET /orders 500',
  'a large one',
];

/** A shop with two services, a second between their lines. */
function shop(): Promise<Stage> {
  const error = new TypeError('no card', { cause: new Error('connection reset') });
  const of = (service: string, request: string): object => ({ service, requestId: request, traceId: 't-1' });
  return startWith({
    '/shop': {
      'api-1': [
        sent(0, 'info', 'request received', of('api', 'r-1')),
        { timestamp: NOW_MS + 4_000, message: `${ESC}[32mGET${ESC}[0m /orders ${ESC}[1;31m500${ESC}[0m` },
        sent(5_000, 'warn', 'a large one', { body: 'x'.repeat(1_048_000) }),
      ],
      'billing-1': [
        sent(1_000, 'info', 'charge started', of('billing', 'r-2')),
        sent(2_000, 'error', 'charge failed', { ...of('billing', 'r-1'), error }),
        lineOf(lossRecord({ reason: 'queueFull', count: 3, fromMs: NOW_MS, toMs: NOW_MS }, NOW_MS + 3_000)),
      ],
    },
  });
}

function sent(offsetMs: number, level: LogRecord['level'], message: string, fields: object): Sent {
  return lineOf({ timeMs: NOW_MS + offsetMs, level, message, fields: [{ ...fields }] });
}

function lineOf(record: LogRecord): Sent {
  return { timestamp: record.timeMs, message: formatLine(record) };
}

function row(page: Page, text: string): ReturnType<Page['locator']> {
  return page.locator('.row[data-index]', { hasText: text });
}

function value(page: Page, text: string): ReturnType<Page['locator']> {
  return page.locator('.fields .value', { hasText: text });
}

function filterOf(page: Page): string | null {
  return new URL(page.url()).searchParams.get('filter');
}

/** Waits until the list has these lines and no others. */
async function lines(page: Page, messages: readonly string[]): Promise<void> {
  await poll(`the list of ${messages.join(', ')}`, async () => {
    const texts = await page.locator('.row[data-index]').allTextContents();
    const isThis =
      texts.length === messages.length && messages.every((message, at) => texts[at]!.includes(message));
    return isThis || undefined;
  });
}
