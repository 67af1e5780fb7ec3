/** Waits for what the host was asked, and gives the answer to `then`. */
export type Ask = <Result>(request: Promise<Result>, then?: (result: Result) => void) => Promise<void>;

/** Makes what asks the host: `failed` is told, as a sentence for the user, what the host could not do; the promise never rejects. */
export function createAsk(failed: (message: string) => void): Ask {
  return (request, then = () => undefined) => request.then(then).catch((error: unknown) => failed(error instanceof Error ? error.message : String(error)));
}
