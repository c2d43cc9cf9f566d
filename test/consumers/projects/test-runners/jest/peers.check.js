const peers = require('../peers.json');

test.each(Object.entries(peers))('%s says what to install', (entryPoint, message) => {
  expect(() => require(entryPoint)).toThrow(message);
});
