/** The seconds that an answer asks to wait before the next request; undefined when it does not ask. */
export function retryAfter(headers: Headers, now: number): number | undefined {
  const milliseconds = Number.parseFloat(headers.get("retry-after-ms") ?? "");
  if (Number.isFinite(milliseconds)) return Math.max(0, milliseconds / 1000);
  const asked = headers.get("retry-after") ?? "";
  const seconds = Number.parseFloat(asked);
  if (/^\s*[\d.]+\s*$/.test(asked) && Number.isFinite(seconds)) return seconds;
  const date = Date.parse(asked);
  return Number.isNaN(date) ? undefined : Math.max(0, (date - now) / 1000);
}
