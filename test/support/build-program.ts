import { rmSync } from "node:fs";
import { cp } from "node:fs/promises";
import { build } from "esbuild";
import { node } from "../../esbuild.mjs";

/** What a program starts besides itself, and so needs beside it. */
const companions = { cli: ["range-worker"], engine: ["dataset-worker", "range-worker"], "dataset-worker": ["range-worker"], "range-worker": [], "records-worker": [], "report-worker": [] } as const;

/** Of this process alone, as test files run in several at the same time. */
const folder = `out/programs/${process.pid}`;
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));

/** Builds one of the project's programs as it ships, and others that it starts beside it, into a folder of its own under out/; gives the path of the file to run. */
export async function buildProgram(name: keyof typeof companions, ...others: readonly (keyof typeof companions)[]): Promise<string> {
  const outdir = `${folder}/${[name, ...others].join("-")}`;
  const entryPoints = Object.fromEntries([name, ...others].flatMap((each) => [each, ...companions[each]]).map((each) => [each, node.entryPoints[each]]));
  await build({ ...node, entryPoints, outdir });
  if (name === "engine" || name === "cli") await cp("src/engine/python", `${outdir}/python`, { recursive: true, filter: (path) => !path.includes("__pycache__") });
  return `${outdir}/${name}.js`;
}
