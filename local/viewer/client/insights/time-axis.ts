/** Pixels that a time has beside the axis. */
const ROOM = 120;
const DAY_MS = 86_400_000;

/** A time that is written below a chart. */
export interface TimeMark {
  readonly ms: number;
  readonly label: string;
}

/** Some of the times, evenly, as many as the width has room for. They are UTC, as in the table. */
export function timeMarks(times: readonly number[], width: number): TimeMark[] {
  const most = Math.max(1, Math.floor(width / ROOM));
  const every = Math.max(1, Math.ceil(times.length / most));
  const [first, last] = [times[0] ?? 0, times.at(-1) ?? 0];
  const isOneDay = Math.floor(first / DAY_MS) === Math.floor(last / DAY_MS);
  const hasSeconds = times.some((ms) => ms % 60_000 !== 0);
  return times
    .filter((_, index) => index % every === 0)
    .map((ms) => ({ ms, label: label(ms, isOneDay, hasSeconds) }));
}

function label(ms: number, isOneDay: boolean, hasSeconds: boolean): string {
  const [date, time] = timeText(ms).split(' ') as [string, string];
  const clock = time.slice(0, hasSeconds ? 8 : 5);
  return isOneDay ? clock : `${date.slice(5)} ${clock}`;
}

/** `2026-11-29 08:00:00.000`, as Logs Insights writes it. */
export function timeText(ms: number): string {
  return new Date(ms).toISOString().slice(0, -1).replace('T', ' ');
}
