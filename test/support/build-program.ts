import { build } from "esbuild";
import { node } from "../../esbuild.mjs";

/** Builds one of the project's programs as it ships, into a folder of its own under out/; gives the path of the file to run. */
export async function buildProgram(name: "cli" | "engine" | "lint-worker"): Promise<string> {
  const outdir = `out/programs/${name}`;
  await build({ ...node, entryPoints: { [name]: node.entryPoints[name] }, outdir });
  return `${outdir}/${name}.js`;
}
