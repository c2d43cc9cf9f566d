import type { Connection } from '../../../cli/aws/connection.js';
import { filledText, savedQuery } from '../../../cli/query/saved-query.js';
import { type Stage, startEmpty, stopAll } from '../../local/harness.js';

let stage: Stage;
let connection: Connection;

beforeAll(async () => {
  stage = await startEmpty();
  connection = {
    client: stage.client,
    region: 'us-east-1',
    endpointUrl: stage.service.endpoint,
    now: () => 0,
  };
});
afterAll(stopAll);

test('there is none', async () => {
  await expect(savedQuery(connection, 'Errors')).rejects.toThrow(
    'There is no saved query Errors in us-east-1. There is none; addQueries() of the construct saves some.',
  );
});

describe('a saved query', () => {
  beforeAll(async () => {
    for (const name of ['shop/Errors', 'pay/Errors', 'shop/Slow', 'Slow/Errors of all', 'Errors of all'])
      await stage.client.putQueryDefinition({ name, queryString: `display ${name.length}` });
  });

  test.each([
    ['shop/Errors', 'shop/Errors'],
    ['Slow', 'shop/Slow'],
    ['Errors of all', 'Errors of all'],
  ])('is found by %s', async (name, found) => {
    expect((await savedQuery(connection, name)).name).toBe(found);
  });

  test.each([
    [
      'Errors',
      /^2 saved queries are called Errors: pay\/Errors, shop\/Errors\. Give the whole name of one\.$/,
    ],
    ['Slwo', /^There is no saved query Slwo in us-east-1\. Did you mean Slow\?$/],
    [
      'quite another one',
      /There is Errors of all, Slow\/Errors of all, pay\/Errors, shop\/Errors, shop\/Slow\.$/,
    ],
  ])('is not found by %s', async (name, message) => {
    await expect(savedQuery(connection, name)).rejects.toThrow(message);
  });
});

describe('parameters', () => {
  const definition = {
    queryString: 'filter level = "{{level}}" and a = "{{ level }}" | limit {{rows}}',
    parameters: [{ name: 'level', defaultValue: 'error' }, { name: 'rows' }],
  };

  test('stand for what is given, else for their default', () => {
    expect(filledText(definition, { rows: '$&' })).toBe(
      'filter level = "error" and a = "{{ level }}" | limit $&',
    );
    expect(filledText(definition, { rows: '1', level: 'x' })).toContain('level = "x"');
    expect(filledText(definition, { level: '{{rows}}', rows: '1' })).toContain('level = "{{rows}}"');
    expect(filledText({ queryString: '{{a}}' }, {})).toBe('{{a}}');
  });

  test('without a value, and unknown ones, are failures', () => {
    expect(() => filledText(definition, {})).toThrow(
      'The parameter rows of the saved query has no value. Give --parameter rows=VALUE.',
    );
    expect(() => filledText(definition, { row: '1' })).toThrow(
      'The saved query has no parameter row. It has: level, rows.',
    );
  });
});
