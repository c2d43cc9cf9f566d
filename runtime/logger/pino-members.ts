/** The part of a logger that these members need. */
interface PinoLike {
  bindings(): object;
}

const members = new Map<string | undefined, (logger: PinoLike) => unknown>([
  // pino-http asks whether the properties of a request are among the bindings already.
  ['pino.chindings', (logger) => JSON.stringify(logger.bindings())],
  ['pino.stringify', () => (value: unknown) => JSON.stringify(value)],
]);

/** A prototype with the internal members of pino that pino-http uses. pino's symbols are unique, so their names identify them. */
export const pinoMembers: object = new Proxy(Object.prototype, {
  get: (target, key, logger) => {
    const member = typeof key === 'symbol' ? members.get(key.description) : undefined;
    return member ? member(logger as PinoLike) : Reflect.get(target, key, logger);
  },
});
