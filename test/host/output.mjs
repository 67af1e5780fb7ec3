import { spawn } from "node:child_process";

/** Runs a command to its end and gives its standard output. */
export async function output(command, parameters, options = {}) {
  const child = spawn(command, parameters, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  let complaints = "";
  child.stdout.setEncoding("utf8").on("data", (text) => (printed += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (complaints += text));
  const code = await new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
  if (code !== 0) throw new Error(`\`${command} ${parameters.join(" ")}\` ended with exit code ${code}.\n${complaints || printed}`.trim());
  return printed;
}
