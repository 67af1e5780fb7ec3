import { createReadStream, createWriteStream, statSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { Busboy, type BusboyHeaders } from "@fastify/busboy";
import { Hono } from "hono";
import { ApiError } from "../api-error.ts";
import type { Store, StoredFile } from "../store.ts";
import { newId, now } from "../training-queue.ts";

/** OpenAI's own limit of one file. */
const mostBytes = 512 * 1024 * 1024;

/** `/files`: upload, list, retrieve, content, delete. */
export function fileRoutes(store: Store): Hono {
  const find = (id: string): StoredFile => {
    const file = store.files().find((each) => each.id === id);
    if (!file) throw new ApiError(404, `No such File object: ${id}`, null, "id");
    return file;
  };
  return new Hono()
    .post("/", async (context) => {
      const body = context.req.raw.body;
      const headers = { "content-type": context.req.header("content-type") ?? "" };
      if (!body || !headers["content-type"].startsWith("multipart/form-data")) throw new ApiError(400, "Expected multipart/form-data with the fields file and purpose.");
      const file = await receive(Readable.fromWeb(body as ReadableStream), headers, store);
      return context.json(file);
    })
    .get("/", (context) => {
      const purpose = context.req.query("purpose");
      const data = store.files().filter((file) => !purpose || file.purpose === purpose);
      return context.json({ object: "list", data, first_id: data[0]?.id ?? "", last_id: data.at(-1)?.id ?? "", has_more: false });
    })
    .get("/:id", (context) => context.json(find(context.req.param("id"))))
    .get("/:id/content", (context) => {
      const { id } = find(context.req.param("id"));
      return context.body(Readable.toWeb(createReadStream(store.dataOf(id))) as globalThis.ReadableStream, 200, { "content-type": "application/octet-stream" });
    })
    .delete("/:id", (context) => {
      const { id } = find(context.req.param("id"));
      store.deleteFile(id);
      return context.json({ id, object: "file", deleted: true });
    });
}

/** Streams an upload to disk; what is refused or cut leaves nothing behind. */
async function receive(body: Readable, headers: BusboyHeaders, store: Store): Promise<StoredFile> {
  const id = newId("file-");
  const draft = `${store.dataOf(id)}.tmp`;
  let filename: string | undefined;
  let purpose: string | undefined;
  let written: Promise<void> = Promise.resolve();
  let tooLarge = false;
  const form = new Busboy({ headers, limits: { fileSize: mostBytes, files: 1 } });
  form.on("field", (name, value) => {
    if (name === "purpose") purpose = String(value);
  });
  form.on("file", (name, stream, given) => {
    if (name !== "file") return void stream.resume();
    filename = given || "data.jsonl";
    stream.on("limit", () => {
      tooLarge = true;
    });
    written = pipeline(stream, createWriteStream(draft, { flush: true }));
    written.catch(() => undefined);
  });
  try {
    await pipeline(body, form);
    await written;
    if (tooLarge) throw new ApiError(413, "The file is larger than 512 MB.", null, "file");
    if (filename === undefined) throw new ApiError(400, "'file' is a required property", null, "file");
    if (!purpose) throw new ApiError(400, "'purpose' is a required property", null, "purpose");
    await rename(draft, store.dataOf(id));
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  const file: StoredFile = { id, object: "file", bytes: statSync(store.dataOf(id)).size, created_at: now(), filename, purpose, status: "processed" };
  await store.saveFile(file);
  return file;
}
