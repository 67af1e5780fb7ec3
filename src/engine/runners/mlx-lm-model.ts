import { mkdir, readFile, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import * as z from "zod";

const configuration = z.looseObject({ rope_theta: z.number().optional(), rope_scaling: z.unknown().optional(), rope_parameters: z.looseObject({ rope_theta: z.number().optional(), rope_type: z.string().optional() }).optional() });

/**
 * The folder that mlx-lm reads a model from. Transformers 5 writes the rotary embedding's base to `rope_parameters`, where mlx-lm 0.32 does not look, and takes 10 000 instead: another model.
 * For such a folder a second one is made at `to`, of links to its files and a configuration that has both. Any other model is given as it is. Rejects with Node's error.
 */
export async function mlxLmModel(model: string, to: string): Promise<string> {
  if (!isAbsolute(model)) return model;
  const read = configuration.safeParse(JSON.parse(await readFile(join(model, "config.json"), "utf8")));
  const { rope_theta: theta, ...scaling } = read.data?.rope_parameters ?? {};
  if (!read.success || theta === undefined || read.data.rope_theta !== undefined) return model;
  await rm(to, { recursive: true, force: true });
  await mkdir(to, { recursive: true });
  for (const name of await readdir(model)) if (name !== "config.json") await symlink(join(model, name), join(to, name));
  const scaled = scaling.rope_type === undefined || scaling.rope_type === "default" ? {} : { rope_scaling: scaling };
  await writeFile(join(to, "config.json"), JSON.stringify({ ...read.data, rope_theta: theta, ...scaled }));
  return to;
}
