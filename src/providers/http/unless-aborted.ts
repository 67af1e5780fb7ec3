/** Gives what the request gives, or rejects with the signal's reason as soon as it is aborted: whoever sends may sit out a wait without looking at it. */
export async function unlessAborted<Answer>(request: () => Promise<Answer>, signal: AbortSignal): Promise<Answer> {
  signal.throwIfAborted();
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([request(), aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
