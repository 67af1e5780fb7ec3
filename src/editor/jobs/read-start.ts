import type { Download } from "../../jobs/artifact.ts";
import { size } from "../../jobs/confirm-action.ts";

/** As much of a remote file is shown, in bytes. */
const mostBytes = 1024 * 1024;

/** The beginning of a file as text, whole lines of it where it is longer; the last line says so. */
export async function readStart({ bytes, content }: Download, most = mostBytes): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of content) {
    parts.push(part);
    length += part.length;
    if (length > most) break;
  }
  const start = Buffer.concat(parts);
  if (start.length <= most) return start.toString("utf8");
  const line = start.lastIndexOf(0x0a, most);
  const whole = start.subarray(0, line < 0 ? most : line + 1);
  return `${whole.toString("utf8")}${line < 0 ? "\n" : ""}… The file goes on: ${size(whole.length)}${bytes === undefined ? "" : ` of ${size(bytes)}`} are shown.\n`;
}
