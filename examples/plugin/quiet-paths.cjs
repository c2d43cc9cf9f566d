/**
 * Lets no records of requests through that nobody reads about, such as health checks. `filter_config.quiet_paths`:
 *
 * - `field`: the field with the path of the request; default `path`
 * - `paths`: the paths; default `/health`
 */
module.exports = ({ field = 'path', paths = ['/health'] }) => {
  const quiet = new Set(paths);
  return {
    name: 'quiet_paths',
    apply: (record) => (quiet.has(valueOf(record, field)) ? undefined : record),
  };
};

/** Later fields win, as in the line. A filter never throws, whatever the application logged. */
function valueOf({ fields }, key) {
  try {
    return fields.findLast((each) => Object.hasOwn(each, key))?.[key];
  } catch {
    return undefined;
  }
}
