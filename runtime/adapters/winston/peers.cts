/**
 * Says what to install where winston is missing or too old, before anything else asks for it: it is an optional peer, because only this
 * entry point needs it, and not every package manager enforces its range. The build puts this in front of the entry point for Node.js.
 */
try {
  const { version } = require('winston') as { readonly version?: string };
  if (version !== undefined && /^(?:[012]|3\.[0-2])\./.test(version)) {
    const why = `needs winston 3.3.0 or later, and ${version} is installed`;
    throw unusable('FAPILOG_PEER', `${why}: npm install winston@latest`);
  }
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code !== 'MODULE_NOT_FOUND' || !message.includes("'winston'")) throw error;
  throw unusable(code, 'needs winston, which is not installed: npm install winston');
}

function unusable(code: string, why: string): Error {
  return Object.assign(new Error(`fapilog-cloudwatch/winston ${why}`), { code });
}
