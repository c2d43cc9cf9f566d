/**
 * Says what to install where winston is missing, before anything else asks for it: it is an optional peer, because only this entry
 * point needs it. The build puts this in front of the entry point for Node.js.
 */
try {
  // oxlint-disable-next-line import/no-unassigned-import -- it is only looked for
  require('winston');
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code !== 'MODULE_NOT_FOUND' || !message.includes("'winston'")) throw error;
  const advice = 'fapilog-cloudwatch/winston needs winston, which is not installed: npm install winston';
  throw Object.assign(new Error(advice), { code });
}
