import { keepingEnvironment } from '../../../cli/doctor/kept-environment.js';

const before = process.env;

beforeEach(() => (process.env = { AWS_ACCESS_KEY_ID: 'AKIDAPP', HOME: '/nonexistent' }));
afterEach(() => (process.env = before));

async function borrow(): Promise<void> {
  process.env['AWS_PROFILE'] = 'admin';
  delete process.env['AWS_ACCESS_KEY_ID'];
}

test('puts the credentials of the application back after those of a person', async () => {
  await keepingEnvironment(borrow);
  expect(process.env).toEqual({ AWS_ACCESS_KEY_ID: 'AKIDAPP', HOME: '/nonexistent' });
});

test('puts them back after a failure, too', async () => {
  const failing = keepingEnvironment(async () => {
    await borrow();
    throw new Error('no such profile');
  });
  await expect(failing).rejects.toThrow('no such profile');
  expect(process.env).toEqual({ AWS_ACCESS_KEY_ID: 'AKIDAPP', HOME: '/nonexistent' });
});
