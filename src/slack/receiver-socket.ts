import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { type App, type Logger, SocketModeReceiver } from "@slack/bolt";
import { AppError, PermanentError, TransientError } from "#src/lib/errors.ts";
import type { Log } from "#src/lib/log.ts";
import { webClientOptions } from "./client.ts";
import { toAppError } from "./errors.ts";
import type { Way } from "./receiver-http.ts";

/** Slack asks a connection to go and come back every few hours; with two, one is there meanwhile. It allows ten for each app. */
const connectionCount = 2;
/** From opening a connection to Slack's hello. */
const helloWithinMs = 15_000;
/** A connection that ends sooner counts as a failure, so that it is not tried again at once for ever. */
const steadyAfterMs = 5_000;
/** A peer that asked us to go and does not answer our goodbye is left. */
const goodbyeWithinMs = 2_000;

/**
 * Socket Mode. It keeps its connections itself: the client's own way of coming back waits 5 s, and
 * where Slack refuses it ends in an unhandled rejection and a process that is deaf for good
 * (node-slack-sdk #2656).
 */
export function overSocket(
  options: { appToken: string; apiUrl: string },
  logger: Logger,
  log: Log,
): Way {
  const connections = Array.from(
    { length: connectionCount },
    () => new Connection(options, logger, log),
  );
  const start = async (): Promise<void> => Promise.race(connections.map((one) => one.start()));
  const stop = async (): Promise<void> => {
    await Promise.all(connections.map((one) => one.stop()));
  };
  return {
    receiver: {
      init: (app: App) => connections.forEach((one) => one.receiver.init(app)),
      start,
      stop,
    },
    requestListener(_request: IncomingMessage, response: ServerResponse) {
      // requests come over the sockets alone
      response.writeHead(404).end();
    },
    start,
    stop,
    state() {
      const states = connections.map((one) => one.state);
      if (states.includes("connected")) return "connected";
      return states.includes("connecting") ? "connecting" : "away";
    },
  };
}

type Listener = (data: string | ArrayBuffer, isBinary: boolean) => Promise<void>;

/** One connection, opened again whenever it ends. */
class Connection {
  state: "connected" | "connecting" | "away" = "connecting";
  readonly receiver: SocketModeReceiver;
  readonly #log: Log;
  readonly #stopping = new AbortController();
  /** Resolves the wait for the end of the connection that is open now. */
  #ended: () => void = () => undefined;
  #goodbye: NodeJS.Timeout | undefined;

  constructor(options: { appToken: string; apiUrl: string }, logger: Logger, log: Log) {
    this.#log = log;
    this.receiver = new SocketModeReceiver({
      appToken: options.appToken,
      logger,
      autoReconnectEnabled: false,
      // a busy machine answers pings late
      clientPingTimeout: 10_000,
      // the edge has logged it; not acked, so that Slack delivers it again
      processEventErrorHandler: async () => false,
      installerOptions: {
        clientOptions: webClientOptions({ apiUrl: options.apiUrl, timeoutMs: 10_000 }),
      },
    });
    this.receiver.client.on("disconnected", () => {
      clearTimeout(this.#goodbye);
      this.#ended();
    });
    this.#watchMessages();
  }

  /** Resolves when Slack has said hello for the first time; rejects (PermanentError) where it never will. */
  async start(): Promise<void> {
    const first = Promise.withResolvers<void>();
    void this.#keep(first);
    return first.promise;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    const late = new AbortController();
    await Promise.race([
      this.receiver.client.disconnect(),
      pause(1_000, undefined, { signal: late.signal }).catch(() => undefined),
    ]);
    late.abort();
  }

  async #keep(first: PromiseWithResolvers<void>): Promise<void> {
    let failures = 0;
    let wasConnected = false;
    while (!this.#stopping.signal.aborted) {
      const openedAt = Date.now();
      const error = await this.#holdOne(() => {
        wasConnected = true;
        first.resolve();
      });
      if (this.#stopping.signal.aborted) break;
      if (!error && Date.now() - openedAt > steadyAfterMs) {
        failures = 0;
        continue;
      }
      failures += 1;
      if (error) this.state = "away";
      const facts = { code: error?.code ?? "closed", failures };
      if (!(error instanceof PermanentError)) {
        this.#log.warn(facts, "a Socket Mode connection failed and is tried again");
      } else if (wasConnected) {
        // it may be repaired on Slack's side, and a process that gives up is deaf
        this.#log.error(facts, "Slack refuses a Socket Mode connection; it is tried again");
      } else {
        this.#stopping.abort();
        return first.reject(error);
      }
      const waitMs = (error instanceof TransientError && error.retryAfterMs) || backoffMs(failures);
      await pause(waitMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
    }
    first.resolve();
  }

  /** Opens one connection and returns when it has ended; with an error where it was never open. */
  async #holdOne(onOpen: () => void): Promise<AppError | undefined> {
    const { client } = this.receiver;
    const ended = new Promise<void>((resolve) => (this.#ended = resolve));
    const timer = setTimeout(() => void client.disconnect(), helloWithinMs);
    try {
      await client.start();
    } catch (cause) {
      const error = toAppError(cause, "apps.connections.open");
      if (error instanceof AppError) return error;
      // the client rejects with nothing where the socket closed before the hello
      return new TransientError("no_hello", "Slack did not open the socket", { cause });
    } finally {
      clearTimeout(timer);
    }
    this.state = "connected";
    onOpen();
    // asked to stop in the middle of opening
    if (this.#stopping.signal.aborted) void client.disconnect();
    await ended;
    this.state = "connecting";
    return undefined;
  }

  /**
   * Stands before the client's own listener, which fails without anybody to catch it on an envelope
   * that holds no event (app_rate_limited), and waits half a minute for a peer that went away.
   */
  #watchMessages(): void {
    const { client } = this.receiver;
    const [listener] = client.listeners("ws_message") as Listener[];
    client.removeAllListeners("ws_message");
    client.on("ws_message", (data: string | ArrayBuffer, isBinary: boolean) => {
      const message = typeof data === "string" ? parse(data) : undefined;
      if (message?.type === "disconnect") {
        this.#goodbye = setTimeout(() => void client.disconnect(), goodbyeWithinMs);
      }
      if (message?.type === "events_api" && typeof message.payload?.event !== "object") {
        this.#log.warn({ type: message.payload?.type }, "nobody listens to this");
        const ack = JSON.stringify({ envelope_id: message.envelope_id, payload: {} });
        return client.websocket?.send(ack, () => undefined);
      }
      listener?.(data, isBinary).catch((error: unknown) => {
        const name = error instanceof Error ? error.name : "unknown";
        this.#log.error({ name }, "a message of Slack's could not be read");
      });
    });
  }
}

interface Message {
  type?: string;
  envelope_id?: string;
  payload?: { type?: string; event?: unknown };
}

function parse(data: string): Message | undefined {
  try {
    const message: unknown = JSON.parse(data);
    return typeof message === "object" && message !== null ? message : undefined;
  } catch {
    return undefined;
  }
}

function backoffMs(failures: number): number {
  return Math.min(500 * 1.5 ** (failures - 1), 15_000) * (0.5 + Math.random() / 2);
}
