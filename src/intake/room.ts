/** Bytes that requests may hold together. What is taken is given back when the lease is disposed. */
export class Budget {
  #free: number;

  constructor(bytes: number) {
    this.#free = bytes;
  }

  /** Sets bytes aside; undefined where there are not so many left. */
  take(bytes: number): Lease | undefined {
    if (bytes > this.#free) return undefined;
    this.#free -= bytes;
    let held = bytes;
    return {
      holds: (size) => {
        const more = size - held;
        if (more <= 0) return true;
        if (more > this.#free) return false;
        this.#free -= more;
        held = size;
        return true;
      },
      keepsOnly: (size) => {
        if (size >= held) return;
        this.#free += held - size;
        held = size;
      },
      [Symbol.dispose]: () => {
        this.#free += held;
        held = 0;
      },
    };
  }
}

export interface Lease extends Disposable {
  /** Makes it at least so many bytes; false where there are not so many left. */
  holds(size: number): boolean;
  /** Gives back what is more than so many bytes. */
  keepsOnly(size: number): void;
}

/**
 * Where packed bodies become large ones: one at a time, and only while those that are being answered hold
 * no more than the limit together. Whoever comes too early waits, in order. So at most the limit and one
 * body are unpacked, however many senders there are.
 */
export class UnpackingRoom {
  readonly #limit: number;
  readonly #waiting: (() => void)[] = [];
  #held = 0;
  #isBusy = false;

  constructor(bytes: number) {
    this.#limit = bytes;
  }

  /** Waits for a turn. Each call of this is followed by one of `leave`. */
  async enter(): Promise<void> {
    if (!this.#isBusy && this.#held <= this.#limit && this.#waiting.length === 0) {
      this.#isBusy = true;
      return;
    }
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Ends the turn, with so many bytes that stay until what is returned is disposed. */
  leave(bytes: number): Disposable {
    this.#held += bytes;
    this.#isBusy = false;
    this.#callNext();
    return {
      [Symbol.dispose]: () => {
        this.#held -= bytes;
        this.#callNext();
      },
    };
  }

  #callNext(): void {
    if (this.#isBusy || this.#held > this.#limit) return;
    const next = this.#waiting.shift();
    if (!next) return;
    this.#isBusy = true;
    next();
  }
}
