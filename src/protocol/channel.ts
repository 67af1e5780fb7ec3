/** What two ends share: the requests that the page makes of the host, and the events that the host tells the page. Each panel has one. */
export interface Contract {
  readonly requests: Readonly<Record<string, { readonly params: unknown; readonly result: unknown }>>;
  readonly events: Readonly<Record<string, unknown>>;
}

/** Anything that carries messages both ways: a webview, a window, a pair of test objects. */
export interface Port {
  send(message: unknown): void;
  /** Calls `listener` with every message from the other end; gives what stops it. */
  listen(listener: (message: unknown) => void): () => void;
}

/** What the host does for one request. What arrives is unknown until `read` has taken it; `read` throws what the page is to be told. */
export interface Handler<Params, Result> {
  readonly read: (value: unknown) => Params;
  readonly answer: (params: Params) => Result | Promise<Result>;
}

export type Handlers<C extends Contract> = { readonly [Name in keyof C["requests"]]: Handler<C["requests"][Name]["params"], C["requests"][Name]["result"]> };
export type Listeners<C extends Contract> = { readonly [Name in keyof C["events"]]: (event: C["events"][Name]) => void };

/** The host's end. */
export interface HostEnd<C extends Contract> {
  emit<Name extends keyof C["events"] & string>(name: Name, event: C["events"][Name]): void;
  dispose(): void;
}

/** The page's end. */
export interface PageEnd<C extends Contract> {
  /** Rejects with an Error that carries the host's message when the host could not answer. */
  request<Name extends keyof C["requests"] & string>(name: Name, params: C["requests"][Name]["params"]): Promise<C["requests"][Name]["result"]>;
  dispose(): void;
}

type Message =
  | { readonly type: "request"; readonly id: number; readonly name: string; readonly params: unknown }
  | { readonly type: "answer"; readonly id: number; readonly result: unknown }
  | { readonly type: "failure"; readonly id: number; readonly message: string }
  | { readonly type: "event"; readonly name: string; readonly event: unknown };

/** Answers a page's requests. A handler that fails is an answer too, so that no request waits for ever; messages of any other shape are not for this channel. */
export function serve<C extends Contract>(port: Port, handlers: Handlers<C>): HostEnd<C> {
  const stop = port.listen((message) => {
    if (isMessage(message) && message.type === "request") void answer(message.id, message.name, message.params);
  });
  return { emit: (name, event) => port.send({ type: "event", name, event } satisfies Message), dispose: stop };

  async function answer(id: number, name: string, params: unknown): Promise<void> {
    try {
      const handler = Object.hasOwn(handlers, name) ? handlers[name as keyof Handlers<C>] : undefined;
      if (!handler) throw new Error(`There is no request "${name}".`);
      const result = await handler.answer(handler.read(params));
      port.send({ type: "answer", id, result } satisfies Message);
    } catch (error) {
      port.send({ type: "failure", id, message: error instanceof Error ? error.message : String(error) } satisfies Message);
    }
  }
}

/** Makes requests of a host and hears its events. The host is our own code, so its messages are taken as they come. */
export function connect<C extends Contract>(port: Port, listeners: Listeners<C>): PageEnd<C> {
  const waiting = new Map<number, { resolve(result: unknown): void; reject(reason: Error): void }>();
  // A page that was loaded anew must not take the late answer to a request of the one before for its own.
  let last = Math.floor(Math.random() * 2 ** 52);
  const stop = port.listen((message) => {
    if (!isMessage(message)) return;
    if (message.type === "event") listeners[message.name as keyof Listeners<C>]?.(message.event as C["events"][string]);
    else if (message.type === "answer" || message.type === "failure") {
      const request = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.type === "answer") request?.resolve(message.result);
      else request?.reject(new Error(message.message));
    }
  });
  return {
    request: (name, params) => new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve: resolve as (result: unknown) => void, reject });
      port.send({ type: "request", id: last, name, params } satisfies Message);
    }),
    dispose() {
      stop();
      for (const { reject } of waiting.values()) reject(new Error("The panel was closed."));
      waiting.clear();
    },
  };
}

function isMessage(value: unknown): value is Message {
  if (typeof value !== "object" || value === null || !("type" in value)) return false;
  const { type, id, name } = value as { type: unknown; id?: unknown; name?: unknown };
  if (type === "event") return typeof name === "string";
  if (type === "request") return typeof id === "number" && typeof name === "string";
  return (type === "answer" || type === "failure") && typeof id === "number";
}
