/** What the service understands and this server does not, by the word with which it begins, in lower case. */
export const missingCommands: ReadonlyMap<string, string> = new Map([
  ...['anomaly', 'diff', 'join', 'lookup', 'pattern', 'unmask', 'unnest'].map(thisCommand),
  ...['head', 'tail', 'search', 'order', 'relevantfields'].map(thisCommand),
  ['source', 'SOURCE'],
  ['select', 'SQL (SELECT)'],
  ['with', 'SQL (WITH)'],
  ['where', 'where, a command of PPL,'],
]);

function thisCommand(name: string): [name: string, what: string] {
  return [name, 'this command'];
}
