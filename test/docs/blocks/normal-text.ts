const UUID = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/.source;

/** What differs from run to run, or from machine to machine, and what stands for it. */
const REPLACEMENTS: readonly (readonly [RegExp, string])[] = [
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '<time>'],
  [/\b\d\d:\d\d:\d\d\.\d{3}\b/g, '<time>'],
  [/\[\d\d\/\w{3}\/\d{4}:[\d:]+ \+0000\]/g, '[<time>]'],
  [/\b\d{4}-\d\d-\d\d\b/g, '<date>'],
  [/(?<="(?:Timestamp|timestamp|time)":)\s?\d{13}\b/g, '<ms>'],
  [/(?<="(?:durationMs|responseTime)":)[\d.]+/g, '<ms>'],
  [/(?<="pid":)\d+/g, '<pid>'],
  // The header of a request first, then the machine.
  [/(?<="headers":\{"host":)"[^"]*"/g, '"<address>"'],
  [/(?<="remoteAddress":)"[^"]*"/g, '"<address>"'],
  [/(?<="remotePort":)\d+/g, '<port>'],
  [/(?<="(?:host|hostname)":)"(?!<)[^"]*"/g, '"<host>"'],
  [/(?<=127\.0\.0\.1:)\d+/g, '<port>'],
  [/(?<=[ '])[\w.-]+-\d+-[\da-f]{8}(?=$|')/gm, '<host>-<pid>-<random>'],
  [new RegExp(`"${UUID}"|"[\\da-f]+…"`, 'g'), '"<id>"'],
  [/(?<="(?:traceId|spanId|operationId)":)"[\da-f]+"/g, '"<id>"'],
  [/(?<=pendingBytes: )\d+/g, '<bytes>'],
  [/\$\{Token\[[^\]]*\]\}/g, '<token>'],
  // Node.js 22 says more of a malformed JSON than 20 does.
  [/(?<=in JSON at position \d+) \(line \d+ column \d+\)/g, ''],
  // Frames of a stack, in a line and on paper.
  [/(?:\\n {4}at (?:[^"\\]|\\[^n])*)+/g, String.raw`\n    at …`],
  [/(?:\n {4}at [^{\n]*)+/g, '\n    at … '],
];

/** A text without what differs between runs, so that it can be compared with that of another one. */
export function normalText(text: string): string {
  return REPLACEMENTS.reduce((normal, [pattern, stand]) => normal.replaceAll(pattern, stand), text);
}
