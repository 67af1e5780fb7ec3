import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { cached } from "./cache.mjs";
import { output } from "./output.mjs";

/** The build of VS Code that the tests run: code-server carries VS Code's own server and workbench, and npm's registry has it. */
export const codeServerVersion = "4.139.1";

/** VS Code's server of that build needs this major of Node, whatever runs this script; npm has its binary per platform. */
const nodeMajor = 24;

/** From the repository's root, because this file is also part of test bundles, which lie elsewhere. */
const substitutes = resolve("test/host/substitutes");

/**
 * Gives `{ node, main }`: the Node binary and the script of VS Code's server. The first call fetches about 250 MB from npm's registry into the cache;
 * `log` hears what is being fetched. Install scripts are not run: native modules that the server cannot do without are replaced.
 */
export async function obtainServer(log = console.error) {
  const server = await cached(`code-server-${codeServerVersion}`, async (draft) => {
    log(`Fetching VS Code (code-server ${codeServerVersion}, about 200 MB); this happens once.`);
    await unpack(`code-server@${codeServerVersion}`, draft, "package/lib/vscode");
    await npm(["install", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], join(draft, "lib/vscode"));
    for (const name of ["spdlog", "native-watchdog"]) await substitute(join(draft, "lib/vscode/node_modules/@vscode", name), name);
  });
  const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  const node = await cached(`node-${nodeMajor}-${process.platform}-${process.arch}`, async (draft) => {
    log(`Fetching Node ${nodeMajor} for it (${name}).`);
    await unpack(`${name}@${nodeMajor}`, draft, "package/bin");
  });
  return { node: join(node, "bin", process.platform === "win32" ? "node.exe" : "node"), main: join(server, "lib/vscode/out/server-main.js") };
}

/** Runs npm; what it printed is part of the error when it fails. */
async function npm(parameters, folder) {
  // npm is a command file on Windows, which only a shell can start.
  return output("npm", parameters, { cwd: folder, shell: process.platform === "win32" });
}

/** Puts `part` of npm's package into `folder`, without the leading `package/`. */
async function unpack(specifier, folder, part) {
  const printed = await npm(["pack", specifier, "--loglevel=error"], folder);
  const archive = printed.trim().split("\n").at(-1) ?? "";
  await output("tar", ["-xzf", archive, "--strip-components=1", part], { cwd: folder });
  await rm(join(folder, archive));
}

async function substitute(folder, name) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: `@vscode/${name}`, version: "0.0.0", main: "index.cjs" }));
  await cp(join(substitutes, `${name}.cjs`), join(folder, "index.cjs"));
}
