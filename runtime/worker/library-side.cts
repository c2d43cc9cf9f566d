/** CommonJS, so that it is loaded when it is called: where it is imported, bundlers put it before everything else. */
export function startLibrarySide(): void {
  require('thread-stream/lib/worker.js');
}
