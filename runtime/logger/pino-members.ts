/** What of pino's inner members others use; pino has them under symbols of its own, which only their names tell. */
interface PinoLike {
  bindings(): object;
}

const members = new Map<string | undefined, (logger: PinoLike) => unknown>([
  // pino-http asks whether the properties of a request are among the bindings already.
  ['pino.chindings', (logger) => JSON.stringify(logger.bindings())],
  ['pino.stringify', () => (value: unknown) => JSON.stringify(value)],
]);

/** A prototype that has the members of pino that `pino-http` cannot do without. */
export const pinoMembers: object = new Proxy(Object.prototype, {
  get: (target, key, logger) => {
    const member = typeof key === 'symbol' ? members.get(key.description) : undefined;
    return member ? member(logger as PinoLike) : Reflect.get(target, key, logger);
  },
});
