import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { Hono } from "hono";
import { ApiError } from "../api-error.ts";
import { isAdapterFile } from "../export-model.ts";
import type { Models } from "../models.ts";

/** `/models/MODEL/files`, the engine's own: the files of a tuned model's adapter, in PEFT's form, and the bytes of each. */
export function modelFileRoutes(models: Models): Hono {
  async function filesOf(model: string): Promise<readonly { readonly name: string; readonly bytes: number; readonly path: string }[]> {
    const { adapter } = models.find(model);
    if (adapter === undefined) throw new ApiError(404, `${model} is a base model; only what was tuned here has files.`, "model_not_found", "model");
    const names = (await readdir(adapter).catch(() => [])).filter(isAdapterFile).sort();
    if (names.length === 0) throw new ApiError(404, `The adapter of ${model} is no longer in ${adapter}.`, "model_not_found", "model");
    return Promise.all(names.map(async (name) => ({ name, bytes: (await stat(join(adapter, name))).size, path: join(adapter, name) })));
  }
  return new Hono()
    .get("/:model/files", async (context) => context.json({ object: "list", data: (await filesOf(context.req.param("model"))).map(({ name, bytes }) => ({ object: "model.file", name, bytes })) }))
    .get("/:model/files/:name", async (context) => {
      const { model, name } = context.req.param();
      // Only names of the list are read, so no name leads elsewhere.
      const file = (await filesOf(model)).find((each) => each.name === name);
      if (!file) throw new ApiError(404, `${model} has no file ${name.slice(0, 100)}.`, null, "name");
      return context.body(Readable.toWeb(createReadStream(file.path)) as globalThis.ReadableStream, 200, { "content-type": "application/octet-stream", "content-length": String(file.bytes) });
    });
}
