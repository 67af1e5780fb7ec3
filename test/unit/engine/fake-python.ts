import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * A scripts folder whose script is JavaScript, to be run by this Node in Python's place: the processes, pipes and signals are real,
 * only the training is not. `send(message)` writes one message; `received` is called with each message that comes.
 */
export function fakeScripts(name: "train.py" | "chat.py" | "fuse.py", body: string): { readonly python: string; readonly scripts: string; remove(): void } {
  const scripts = mkdtempSync(join(tmpdir(), "tunesmith-scripts-"));
  writeFileSync(
    join(scripts, name),
    `const send = (message) => process.stdout.write(JSON.stringify(message) + "\\n");
     let received = () => {};
     require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => received(JSON.parse(line))).on("close", () => process.exit(0));
     ${body}`,
  );
  return { python: process.execPath, scripts, remove: () => rmSync(scripts, { recursive: true, force: true }) };
}
