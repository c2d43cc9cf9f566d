import type { Browser, Page } from 'playwright-core';
import { wrongInEach } from '../../support/attempts.js';
import { describeInBrowser, openPage, startBrowser } from '../../support/browser.js';
import { poll } from '../../support/poll.js';
import { SinkBench } from '../../support/sink-against-server.js';
import { NOW_MS, type Stage, startEmpty, stopAll } from '../harness.js';
import { groupId, startWith } from './page.js';

const BOUND_MS = 1_000;

describeInBrowser('the page', () => {
  let browser: Browser;
  let bench: SinkBench | undefined;

  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterEach(async () => {
    await bench?.stop();
    bench = undefined;
    await stopAll();
  });
  afterAll(() => browser.close());

  test('shows within a second what the sink was given to log', async () => {
    bench = await SinkBench.start();
    const { nowMs } = bench;
    const target = await bench.created(bench.newTarget());
    const sink = bench.sink({ ...target, batchTimeoutSeconds: 0.1 });
    const { page } = await openPage(browser, bench.server.endpoint);
    await page.getByText('No log events yet').waitFor();
    let count = 0;
    const wrong = await wrongInEach(async () => {
      const text = `line ${(count += 1)}`;
      const loggedMs = Date.now();
      sink.write({ timeMs: nowMs, level: 'info', message: text, fields: [] });
      await page.getByRole('grid').getByText(text, { exact: true }).waitFor();
      const tookMs = Date.now() - loggedMs;
      return tookMs < BOUND_MS ? [] : [`${tookMs} ms`];
    });
    expect(wrong).toEqual([]);
  });

  test('says before the first event what to export, whether a call has arrived, and why it was refused', async () => {
    const stage = await startEmpty();
    const { page } = await openPage(browser, stage.service.endpoint);
    await page.getByText('No call has arrived yet.').waitFor();
    expect(await page.locator('.paste pre').textContent()).toContain(
      `export AWS_ENDPOINT_URL_CLOUDWATCH_LOGS=${stage.service.endpoint}`,
    );
    await stage.client.deleteLogGroup({ logGroupName: '/none' }).catch(() => undefined);
    await page.getByText('DeleteLogGroup was refused: ResourceNotFoundException').waitFor();
    await page.getByText('One call has arrived').waitFor();
  });

  test('filters by patterns of the service, which the URL keeps, and says what is wrong with one below the box', async () => {
    const stage = await levels();
    const { page } = await openPage(browser, stage.service.endpoint);
    await page.getByLabel('Filter pattern').fill('{ $.level = "error" }');
    await page.keyboard.press('Enter');
    await rows(page, ['broken']);
    expect(new URL(page.url()).searchParams.get('filter')).toBe('{ $.level = "error" }');
    await page.reload();
    await rows(page, ['broken']);

    await page.getByLabel('Filter pattern').fill('{ $.level = ');
    await page.keyboard.press('Enter');
    const box = await page.getByLabel('Filter pattern').boundingBox();
    const error = page.getByRole('alert');
    expect(await error.textContent()).toMatch(/pattern/i);
    expect((await error.boundingBox())!.y).toBeGreaterThan(box!.y);
    await page.goBack();
    await rows(page, ['broken']);
  });

  test('keeps groups and streams in the URL', async () => {
    const stage = await levels();
    const query = new URLSearchParams({ stream: `${groupId('/g')}:t` });
    const { page } = await openPage(browser, `${stage.service.endpoint}/?${query.toString()}`);
    await page.getByText('elsewhere').waitFor();
    expect(await shown(page)).toEqual(['elsewhere']);
  });

  test('goes by keys', async () => {
    const stage = await levels();
    const { page } = await openPage(browser, stage.service.endpoint);
    await rows(page, ['fine', 'broken', 'elsewhere']);
    await page.keyboard.press('/');
    expect(await page.evaluate('document.activeElement.id')).toBe('filter');
    await page.keyboard.press('Escape');
    for (const key of ['j', 'k', 'k']) await page.keyboard.press(key);
    await page
      .getByRole('row', { selected: true })
      .getByText(/fine|broken/)
      .waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.details').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.details').waitFor({ state: 'detached' });
    await page.keyboard.press('f');
    await page.getByRole('button', { name: 'Following' }).waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('c');
    await rows(page, []);
  });

  test('stays where one has scrolled to, counts what comes, and goes on from there', async () => {
    const logEvents = Array.from({ length: 300 }, (_, index) => ({
      timestamp: NOW_MS + index,
      message: `line ${index}`,
    }));
    const stage = await startWith({ '/g': { s: logEvents } });
    const { page } = await openPage(browser, stage.service.endpoint);
    await page.getByText('line 299', { exact: true }).waitFor();
    await page.getByRole('grid').hover();
    await page.mouse.wheel(0, -2_000);
    await page.getByText('Resume').waitFor();
    await page.waitForTimeout(300);
    const before = await shown(page);
    await put(stage, 's', ['one more', 'and one']);
    await page.getByRole('button', { name: '2 new' }).waitFor();
    expect(await shown(page)).toEqual(before);
    await page.getByRole('button', { name: '2 new' }).click();
    await page.getByText('and one').waitFor();
  });

  test('leaves connections to further tabs while nobody sees it, and then shows what has come', async () => {
    const stage = await levels();
    const context = await browser.newContext();
    const pages: Page[] = [];
    // Browsers open six connections to a server.
    for (let tab = 0; tab < 7; tab += 1) {
      await pages.at(-1)?.evaluate(sees(false));
      const page = await context.newPage();
      await page.goto(stage.service.endpoint);
      await page.getByText('live', { exact: true }).waitFor();
      await page.getByText('elsewhere').waitFor();
      pages.push(page);
    }
    await put(stage, 's', ['meanwhile']);
    await pages[0]!.evaluate(sees(true));
    await pages[0]!.getByText('meanwhile').waitFor();
    await pages[6]!.getByText('meanwhile').waitFor();
    expect(await pages[1]!.getByText('meanwhile').count()).toBe(0);
    await context.close();
  });

  test.each([
    [1, 'The store was full: the oldest event is gone.'],
    [2, 'The store was full: the oldest 2 events are gone.'],
  ])('says that %i events have left for new ones', async (gone, text) => {
    const logEvents = Array.from({ length: 3 + gone }, (_, offset) => ({
      timestamp: NOW_MS + offset,
      message: 'm',
    }));
    const { service } = await startWith({ '/g': { s: logEvents } }, { maxEvents: 3 });
    const { page } = await openPage(browser, service.endpoint);

    expect(await page.locator('.notice').innerText()).toBe(text);
  });

  test('says that it connects until the first answer, and not that there is no connection', async () => {
    const stage = await levels();
    const { page } = await openPage(browser, 'about:blank');
    let answer: () => void = () => undefined;
    const isAwaited = new Promise<void>((resolve) => (answer = resolve));
    await page.route('**/viewer/feed*', async (route) => {
      await isAwaited;
      await route.continue();
    });

    await page.goto(stage.service.endpoint);
    await page.getByText('connecting', { exact: true }).waitFor();
    expect(await page.getByText('no connection').count()).toBe(0);
    answer();
    await page.getByText('live', { exact: true }).waitFor();
  });

  test('goes on when the server is back', async () => {
    const stage = await levels();
    const { page } = await openPage(browser, stage.service.endpoint);
    await page.getByText('live', { exact: true }).waitFor();
    const port = Number(new URL(stage.service.endpoint).port);
    await stage.service.close();
    await page.getByText('no connection').waitFor();
    const again = await startEmpty({ port });
    await page.getByText('live', { exact: true }).waitFor();
    await again.client.createLogGroup({ logGroupName: '/new' });
    await again.client.createLogStream({ logGroupName: '/new', logStreamName: 's' });
    await put(again, 's', ['after the restart'], '/new');
    await page.getByText('after the restart').waitFor();
    expect(await shown(page)).toEqual(['after the restart']);
  });
});

/** A script that lets the page be seen, or not, as the browser tells it. */
function sees(isSeen: boolean): string {
  return `Object.defineProperty(document, 'hidden', { configurable: true, value: ${!isSeen} });
    document.dispatchEvent(new Event('visibilitychange'));`;
}

function levels(): Promise<Stage> {
  const line = (level: string, message: string, offset: number): { timestamp: number; message: string } => ({
    timestamp: NOW_MS + offset,
    message: JSON.stringify({ level, message }),
  });
  return startWith({
    '/g': { s: [line('info', 'fine', 0), line('error', 'broken', 1)], t: [line('info', 'elsewhere', 2)] },
  });
}

function put(
  stage: Stage,
  logStreamName: string,
  messages: readonly string[],
  logGroupName = '/g',
): Promise<unknown> {
  const logEvents = messages.map((message) => ({ timestamp: NOW_MS + 1_000, message }));
  return stage.client.putLogEvents({ logGroupName, logStreamName, logEvents });
}

function shown(page: Page): Promise<string[]> {
  return page.locator('.row[data-index] .message').allTextContents();
}

/** Waits until the list has these lines and no others. */
async function rows(page: Page, messages: readonly string[]): Promise<void> {
  await poll(`the list of ${messages.join(', ')}`, async () => {
    const texts = await shown(page);
    const isThis =
      texts.length === messages.length && messages.every((message, index) => texts[index]!.includes(message));
    return isThis || undefined;
  });
}
