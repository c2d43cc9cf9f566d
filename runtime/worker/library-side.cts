/** CommonJS, so that it is loaded when it is called: where it is imported, bundlers put it before everything else. */
export function startLibrarySide(): void {
  // oxlint-disable-next-line import/no-unassigned-import -- a program of its own
  require('thread-stream/lib/worker.js');
}
