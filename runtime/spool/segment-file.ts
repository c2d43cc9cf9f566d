import { closeSync, fdatasync, fdatasyncSync, close, openSync, unlinkSync, writeSync } from 'node:fs';

export type Fsync = 'never' | 'interval' | 'every_batch';

/** A file that is being written. Every method throws what the file system says. */
export class SegmentFile {
  readonly #path: string;
  readonly #fd: number;
  #isClosed = false;

  constructor(path: string) {
    this.#path = path;
    this.#fd = openSync(path, 'wx', 0o600);
  }

  /** Into the system's cache, before it returns: there it outlives this process, though not the machine. */
  append(bytes: Buffer): this {
    for (let written = 0; written < bytes.length;) written += writeSync(this.#fd, bytes, written);
    return this;
  }

  /** Onto the disk, while others go on working. */
  sync(): void {
    if (!this.#isClosed) fdatasync(this.#fd, () => undefined);
  }

  /** With `every_batch`, it is on the disk when this returns; with `interval` soon. */
  close(fsync: Fsync): this {
    this.#isClosed = true;
    const fd = this.#fd;
    try {
      if (fsync === 'interval') fdatasync(fd, () => close(fd, () => undefined));
      if (fsync === 'every_batch') fdatasyncSync(fd);
    } finally {
      if (fsync !== 'interval') closeSync(fd);
    }
    return this;
  }

  /** Removes the file. */
  discard(): void {
    if (!this.#isClosed) closeSync(this.#fd);
    this.#isClosed = true;
    unlinkSync(this.#path);
  }
}
