import { ShortTexts } from "./short-texts.ts";
import { MalformedError } from "./span-sink.ts";

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [openList, closeList, openMap, closeMap] = [0x5b, 0x5d, 0x7b, 0x7d];
const depthAtMost = 200;
/** Whatever stands between brackets and texts: numbers, true, false, null, commas, colons and blanks. */
const plain = new Uint8Array(256);
for (const character of " \t\r\n,:+-.0123456789eEtrufalsn") plain[character.charCodeAt(0)] = 1;

const endsText = new Uint8Array(256);
endsText[quote] = 1;
endsText[backslash] = 1;

/**
 * Walks over JSON without making anything of what nobody asks for: the messages of users are passed over by
 * a search for their closing quote. What is read is read strictly; in what is passed over, brackets must
 * match and nothing may stand that JSON does not know. Throws MalformedError.
 */
export class JsonCursor {
  readonly #body: Buffer;
  readonly #texts = new ShortTexts();
  readonly #stack = new Uint8Array(depthAtMost);
  /** Where the next backslash was found last; nothing is known before it. */
  #backslash = -1;
  /** The next byte. */
  at = 0;

  constructor(body: Buffer) {
    this.#body = body;
  }

  /** The next byte that is not blank, still to be read; -1 at the end. */
  peek(): number {
    const body = this.#body;
    while (this.at < body.length) {
      const byte = body[this.at]!;
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return byte;
      this.at += 1;
    }
    return -1;
  }

  isObject(): boolean {
    return this.peek() === openMap;
  }

  isList(): boolean {
    return this.peek() === openList;
  }

  isText(): boolean {
    return this.peek() === quote;
  }

  /** Whether there is null, which is passed over then. */
  skipNull(): boolean {
    if (this.peek() !== 0x6e) return false;
    this.value();
    return true;
  }

  /** Calls `read` at each value of an object; it reads the value or passes over it. */
  fields(read: (name: string) => void): void {
    this.#take(openMap);
    if (this.peek() === closeMap) this.at += 1;
    else {
      do {
        const name = this.text();
        this.#take(colon);
        read(name);
      } while (this.#hasMore(closeMap));
    }
  }

  /** Calls `read` at each item of a list; it reads the item or passes over it. */
  items(read: (index: number) => void): void {
    this.#take(openList);
    if (this.peek() === closeList) this.at += 1;
    else {
      let index = 0;
      do {
        read(index);
        index += 1;
      } while (this.#hasMore(closeList));
    }
  }

  /** Passes over these bytes where they are the next ones, to the byte; else stays where it is. */
  takes(bytes: Uint8Array): boolean {
    const body = this.#body;
    const { at } = this;
    const { length } = bytes;
    if (at + length > body.length) return false;
    for (let n = 0; n < length; n += 1) if (body[at + n] !== bytes[n]) return false;
    this.at = at + length;
    return true;
  }

  /** Reads a text. */
  text(): string {
    if (this.peek() !== quote) this.#fail();
    this.at += 1;
    return this.restOfText();
  }

  /** Reads a text whose opening quote was taken. */
  restOfText(): string {
    const start = this.at;
    const hasEscapes = this.skipRestOfText();
    if (hasEscapes) return this.#parse(start - 1) as string;
    return this.#texts.read(this.#body, start, this.at - 1);
  }

  /** Reads a value of any kind. */
  value(): unknown {
    this.peek();
    const start = this.at;
    this.skip();
    return this.#parse(start);
  }

  /** Passes over a value of any kind. */
  skip(): void {
    const body = this.#body;
    const first = this.peek();
    if (first === quote) {
      this.at += 1;
      return void this.skipRestOfText();
    }
    if (first !== openMap && first !== openList) return this.#skipWord();
    let depth = 0;
    do {
      // past the end a read would be slow, and every one before it too
      if (this.at === body.length) this.#fail();
      const byte = body[this.at]!;
      this.at += 1;
      if (byte === quote) {
        this.skipRestOfText();
        continue;
      }
      if (byte === openMap || byte === openList) {
        if (depth === depthAtMost) this.#fail();
        // both closing ones are two more than their opening one
        this.#stack[depth] = byte + 2;
        depth += 1;
      } else if (byte === closeMap || byte === closeList) {
        depth -= 1;
        if (this.#stack[depth] !== byte) this.#fail();
      } else if (plain[byte] === 0) this.#fail();
    } while (depth > 0);
  }

  /** A number, true, false or null. */
  #skipWord(): void {
    const start = this.at;
    for (;;) {
      const byte = this.#body[this.at] ?? 0;
      if (plain[byte] === 0 || byte === comma || byte === colon || byte <= 0x20) break;
      this.at += 1;
    }
    if (this.at === start) this.#fail();
  }

  /** Passes over a text whose opening quote was taken; true where it has escapes. */
  skipRestOfText(): boolean {
    const body = this.#body;
    const { length } = body;
    let hasEscapes = false;
    let at = this.at;
    for (;;) {
      const near = Math.min(at + stepByStep, length);
      while (at < near && endsText[body[at]!] === 0) at += 1;
      if (at === near) {
        if (at === length) this.#fail();
        // what is long is searched by the runtime, many bytes at a time
        if (this.#backslash < at) this.#backslash = indexIn(body, backslash, at);
        at = Math.min(indexIn(body, quote, at), this.#backslash);
        if (at === length) this.#fail();
      }
      if (body[at] === quote) break;
      // what follows ends nothing
      hasEscapes = true;
      at = Math.min(at + 2, length);
    }
    this.at = at + 1;
    return hasEscapes;
  }

  #parse(start: number): unknown {
    try {
      return JSON.parse(this.#body.toString("utf8", start, this.at)) as unknown;
    } catch {
      return this.#fail();
    }
  }

  #take(byte: number): void {
    if (this.peek() !== byte) this.#fail();
    this.at += 1;
  }

  #hasMore(close: number): boolean {
    const byte = this.peek();
    if (byte !== comma && byte !== close) this.#fail();
    this.at += 1;
    return byte === comma;
  }

  /** What is thrown where the body ends too early. */
  ended(): MalformedError {
    return new MalformedError(
      `The body is no valid JSON; it goes wrong near byte ${this.at} of ${this.#body.length}.`,
    );
  }

  #fail(): never {
    throw this.ended();
  }
}

/** Names are shorter; calling the search of the runtime costs as much as so many bytes. */
const stepByStep = 40;

/** Past the end where there is none. */
function indexIn(body: Buffer, byte: number, from: number): number {
  const at = body.indexOf(byte, from);
  return at < 0 ? body.length : at;
}
