import type { OptionNames } from '../option-names.js';
import type { ApplicationOptions } from './application-options.js';
import type { BindOptions, StreamOptions } from './bind-options.js';

export const APPLICATION_OPTIONS: OptionNames<ApplicationOptions> = {
  readers: true,
  service: true,
  logLevel: true,
  worker: true,
  traceFormat: true,
  metricsNamespace: true,
  sampling: true,
  rateLimit: true,
  settings: true,
};

export const STREAM_OPTIONS: OptionNames<StreamOptions> = { ...APPLICATION_OPTIONS, streamPrefix: true };

export const BIND_OPTIONS: OptionNames<BindOptions> = { ...STREAM_OPTIONS, delivery: true };
