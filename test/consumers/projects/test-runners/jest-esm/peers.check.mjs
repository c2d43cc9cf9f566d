import { readFileSync } from 'node:fs';

const peers = JSON.parse(readFileSync(new URL('../peers.json', import.meta.url), 'utf8'));

test.each(Object.entries(peers))('%s says what to install', async (entryPoint, message) => {
  await expect(import(entryPoint)).rejects.toThrow(message);
});
