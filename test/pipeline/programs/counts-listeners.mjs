/** Says how many listen to signals: before it logs, after its first event, after the close of one sink and of both. */
import { loggerTo, logMany } from './settings.mjs';

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGUSR2'];
const listening = () => SIGNALS.map((signal) => process.listenerCount(signal)).join('');

const said = [listening()];
const loggers = ['first', 'second'].map((name) => loggerTo(name));
said.push(listening());
for (const logger of loggers) {
  logMany(logger, 1);
  said.push(listening());
}
for (const logger of loggers) {
  await logger.close();
  said.push(listening());
}
console.log(said.join(' '));
