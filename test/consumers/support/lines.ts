/** A line, or a part of one, that has these fields among others. */
export function line(fields: object): unknown {
  return expect.objectContaining(fields);
}

/** What request logging has of a response. */
export function ofStatus(statusCode: number): unknown {
  return line({ statusCode });
}
