/** A sink or filter that is not ours cannot be registered, found, loaded or made. `code` is stable. */
export class PluginError extends Error {
  override readonly name = 'PluginError';
  readonly code = 'FAPILOG_PLUGIN';
}
