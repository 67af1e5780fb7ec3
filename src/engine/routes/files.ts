import { open } from "node:fs/promises";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { Hono } from "hono";
import { ApiError } from "../api-error.ts";
import type { Store } from "../store.ts";
import type { StoredFile } from "../stored.ts";
import { page } from "./page.ts";
import { receiveUpload } from "./receive-upload.ts";

const limits = { usual: 10_000, most: 10_000 };

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
      const file = await receiveUpload(Readable.fromWeb(body as ReadableStream), headers, store).catch((error: unknown) => {
        // What was not read of a refused upload is still on the connection, which no further request may take.
        context.header("connection", "close");
        throw error;
      });
      return context.json(file);
    })
    .get("/", (context) => {
      const { purpose, order = "desc" } = context.req.query();
      if (order !== "asc" && order !== "desc") throw new ApiError(400, `'order' is ${order.slice(0, 40)}; expected asc or desc.`, null, "order");
      const newestFirst = store.files().filter((file) => !purpose || file.purpose === purpose);
      const { data, has_more } = page(context, order === "desc" ? newestFirst : newestFirst.toReversed(), limits);
      return context.json({ object: "list", data, first_id: data[0]?.id ?? "", last_id: data.at(-1)?.id ?? "", has_more });
    })
    .get("/:id", (context) => context.json(find(context.req.param("id"))))
    .get("/:id/content", async (context) => {
      const { id } = find(context.req.param("id"));
      const file = await open(store.dataOf(id)).catch((error: NodeJS.ErrnoException) => {
        throw error.code === "ENOENT" ? new ApiError(404, `The content of ${id} is no longer in the state folder. Upload it again.`, null, "id") : error;
      });
      const { size } = await file.stat();
      return context.body(Readable.toWeb(file.createReadStream()) as globalThis.ReadableStream, 200, { "content-type": "application/octet-stream", "content-length": String(size) });
    })
    .delete("/:id", (context) => {
      const { id } = find(context.req.param("id"));
      store.deleteFile(id);
      return context.json({ id, object: "file", deleted: true });
    });
}
