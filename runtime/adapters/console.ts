export { captureConsole } from './console/capture-console.js';
export type { ConsoleCapture, ConsoleCaptureOptions, PrintedConsole } from './console/capture-console.js';
export type { OutletOptions } from './outlet/outlet-options.js';
