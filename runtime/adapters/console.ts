export { captureConsole } from './console/capture-console.js';
export type { ConsoleCapture, ConsoleCaptureOptions, PrintedConsole } from './console/capture-console.js';
