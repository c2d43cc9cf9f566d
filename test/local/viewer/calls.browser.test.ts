import type { Browser, Page } from 'playwright-core';
import { describeInBrowser, openPage, startBrowser } from '../../support/browser.js';
import { poll } from '../../support/poll.js';
import { DAY_MS, NOW_MS, refused, type Stage, stopAll } from '../harness.js';
import { ask, startWith } from './page.js';

describeInBrowser('the tab of calls', () => {
  let browser: Browser;
  let stage: Stage;
  let page: Page;
  let complaints: readonly string[];

  beforeAll(async () => {
    browser = await startBrowser();
  });
  beforeEach(async () => {
    stage = await startWith({ '/g': { s: [{ timestamp: NOW_MS, message: 'x'.repeat(524_262) }] } });
    ({ page, complaints } = await openPage(browser, `${stage.service.endpoint}/?tab=calls`));
    await row(/PutLogEvents/).waitFor();
  });
  afterEach(async () => {
    expect(complaints).toEqual([]);
    await stopAll();
  });
  afterAll(() => browser.close());

  const row = (text: RegExp): ReturnType<Page['locator']> => page.locator('tr.call', { hasText: text });
  const put = (timestamp = NOW_MS): Promise<unknown> =>
    stage.client.putLogEvents({
      logGroupName: '/g',
      logStreamName: 's',
      logEvents: [{ timestamp, message: 'x' }],
    });

  test('shows what was called, the newest first, and how full it was', async () => {
    expect(await page.locator('tr.call .call-name').allTextContents()).toEqual([
      'PutLogEvents',
      'CreateLogStream',
      'CreateLogGroup',
    ]);
    const cells = await page.locator('tr.call').first().locator('td').allTextContents();
    expect(cells.slice(2).map((text) => text.replaceAll(/\s+/g, ' ').trim())).toEqual([
      '200',
      '/g : s',
      '1',
      '524.3 kB',
      '50 %',
      '0 ms',
    ]);
  });

  test('shows why a call was refused and events were rejected as it happens', async () => {
    await refused(stage.client.createLogGroup({ logGroupName: '/g' }));
    await row(/400 ResourceAlreadyExistsException/).click();
    await page.getByText('The specified log group already exists').waitFor();
    await page.getByText(/^aws-sdk-js/).waitFor();
    await put(NOW_MS - 20 * DAY_MS);
    await page.getByRole('button', { name: '1 new' }).click();
    await row(/1 1 rejected/).click();
    await page.getByText('1 too old: more than 14 days').waitFor();
    await page.getByLabel('Only refusals').check();
    await poll('less', async () => ((await page.locator('tr.call').count()) < 3 ? true : undefined));
    expect(await page.locator('tr.call .call-name').allTextContents()).toEqual([
      'PutLogEvents',
      'CreateLogGroup',
    ]);
  });

  test('switches faults on and off', async () => {
    const throttle = page.getByRole('button', { name: 'Throttle' });
    await throttle.click();
    await page.getByRole('button', { name: 'Throttle', pressed: true }).waitFor();
    expect((await refused(put())).name).toBe('ThrottlingException');
    await row(/400 ThrottlingException\s*throttle/).waitFor();
    await page.getByLabel('Which calls').selectOption('*');
    await page.getByLabel('Share of the calls').selectOption('0.2');
    await poll('the change', async () => {
      const [fault] = await ask(stage, 'faults');
      return (fault?.probability === 0.2 && fault.operation === '*') || undefined;
    });
    await page.reload();
    await page.getByRole('button', { name: 'Throttle', pressed: true }).waitFor();
    expect(await page.getByLabel('Share of the calls').inputValue()).toBe('0.2');
    await page.getByRole('button', { name: 'All off' }).click();
    await page.getByRole('button', { name: 'Throttle', pressed: false }).waitFor();
    await put();
  });

  test('keeps the document small, and leads to earlier calls', async () => {
    for (let count = 0; count < 350; count += 1) await stage.client.describeLogGroups({ limit: 1 });
    const count = (): Promise<number> => page.locator('tr.call').count();
    await poll('many calls', async () => ((await count()) === 300 ? true : undefined));
    await page.getByRole('button', { name: 'Earlier calls' }).click();
    await row(/CreateLogGroup/).waitFor();
    expect(await count()).toBe(300);
  });
});
