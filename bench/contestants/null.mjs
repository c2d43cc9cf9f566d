/** Measures the cost of the events and of the loop alone. */
export default {
  configuration: 'a function that does nothing: the cost of the benchmark itself',
  start: () => ({ log: () => undefined, close: () => undefined }),
};
