const peers = require('../peers.json');

test.each(peers)('%s says what to install', (entryPoint, message) => {
  expect(() => require(entryPoint)).toThrow(new Error(message));
});
