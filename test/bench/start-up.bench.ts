import { build } from "esbuild";
import { statSync } from "node:fs";
import { mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { runInExtensionHost } from "../host/extension-tests.mjs";

/**
 * How long the extension takes to activate in a real VS Code, its modules' loading included, beside two of VS Code's own extensions in the same
 * window; and how much is loaded for it. The extension is the one in dist/: build first.
 */
const rounds = 5;
const peers = ["vscode.css-language-features", "vscode.markdown-language-features"];
const own = "tunesmith.tunesmith";

const scratch = await realpath(await mkdtemp(join(tmpdir(), "tunesmith-bench-")));
try {
  const bundle = "out/bench/start-up-in-host.cjs";
  await build({ entryPoints: ["test/bench/start-up-in-host.ts"], outfile: bundle, bundle: true, format: "cjs", platform: "node", target: "node20", external: ["vscode"] });
  // A JSONL file that is open would have activated it before it can be timed.
  await writeFile(join(scratch, "notes.txt"), "");
  const times = new Map<string, number[]>();
  for (let round = 0; round < rounds; round++) {
    const logs = resolve("out/logs/bench-start-up");
    await runInExtensionHost({ bundle, workspace: scratch, logs });
    const measured = JSON.parse(await readFile(join(logs, "activation.json"), "utf8")) as Record<string, number>;
    for (const id of [own, ...peers]) times.set(id, [...(times.get(id) ?? []), measured[id] ?? NaN]);
  }
  const median = (id: string): number => [...(times.get(id) ?? [])].sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? NaN;
  console.log(`activation in a real VS Code, the median of ${rounds} windows, Node of the editor`);
  for (const id of [own, ...peers]) console.log(`${id.padEnd(36)} ${median(id).toFixed(1).padStart(7)} ms  (${(times.get(id) ?? []).map((time) => time.toFixed(1)).join(", ")})`);
  for (const id of peers) console.log(`${own} takes ${(median(own) / median(id)).toFixed(2)} times as long as ${id}`);
  console.log(`the entry dist/extension.js has ${(statSync("dist/extension.js").size / 1000).toFixed(0)} KB; everything else is loaded when it is first used`);
} finally {
  await rm(scratch, { recursive: true, force: true });
}
