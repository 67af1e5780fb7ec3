import { createWriteStream, statSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Busboy, type BusboyHeaders, type BusboyInstance } from "@fastify/busboy";
import { FileError } from "../../workers/file-error.ts";
import { ApiError } from "../api-error.ts";
import { newId } from "../new-id.ts";
import { now } from "../now.ts";
import { draftEnding, type Store } from "../store.ts";
import type { StoredFile } from "../stored.ts";

/** OpenAI's own limit of one file. */
const usualMostBytes = 512 * 1024 * 1024;
/** The purposes that OpenAI takes for an upload and shows for a file. */
const purposes = ["fine-tune", "assistants", "batch", "vision", "user_data"];

/**
 * Streams an upload to disk; what is refused or cut leaves nothing behind. Rejects with an ApiError when it is not an upload of one file that
 * is not empty, and with a FileError when the disk does not take it.
 */
export async function receiveUpload(body: Readable, headers: BusboyHeaders, store: Store, mostBytes = usualMostBytes): Promise<StoredFile> {
  const id = newId("file-");
  const draft = store.dataOf(id).replace(/\.data$/, draftEnding);
  const cut = new AbortController();
  let filename: string | undefined;
  let purpose: string | undefined;
  let written: Promise<void> = Promise.resolve();
  let failure: FileError | undefined;
  let isTooLarge = false;
  const form = openForm(headers, mostBytes);
  form.on("field", (name, value) => {
    if (name === "purpose") purpose = String(value);
  });
  form.on("file", (name, stream, given) => {
    if (name !== "file") return void stream.resume();
    // The last part only: of a path on the sender's machine nothing else concerns anyone here.
    filename = String(given ?? "").split(/[\\/]/).at(-1) || "data.jsonl";
    stream.on("limit", () => {
      isTooLarge = true;
    });
    const draftFile = createWriteStream(draft, { flush: true });
    // A stream that was destroyed while it opened its file makes the file nevertheless.
    const closed = new Promise<void>((resolve) => draftFile.once("close", resolve));
    written = pipeline(stream, draftFile, { signal: cut.signal }).catch((error: unknown) => {
      if (cut.signal.aborted) return closed;
      failure = new FileError("write", `the upload ${filename}`, error);
      // The form would wait for ever for its file to be taken.
      form.destroy(failure);
      return closed;
    });
  });
  try {
    await pipeline(body, form).catch((error: unknown) => {
      throw failure ?? new ApiError(400, `The upload cannot be read as multipart/form-data: ${error instanceof Error ? error.message : String(error)}.`);
    });
    await written;
    if (failure) throw failure;
    if (isTooLarge) throw new ApiError(413, `The file is larger than ${Math.floor(mostBytes / 1024 / 1024)} MB.`, null, "file");
    if (filename === undefined) throw new ApiError(400, "'file' is a required property", null, "file");
    if (!purpose) throw new ApiError(400, "'purpose' is a required property", null, "purpose");
    if (!purposes.includes(purpose)) throw new ApiError(400, `'purpose' is ${purpose.slice(0, 40)}; expected one of ${purposes.join(", ")}.`, null, "purpose");
    const bytes = statSync(draft).size;
    if (bytes === 0) throw new ApiError(400, `The file ${filename} is empty; expected at least one record.`, null, "file");
    return await keep({ id, object: "file", bytes, created_at: now(), filename, purpose, status: "processed" }, draft, store);
  } catch (error) {
    cut.abort();
    await written;
    await rm(draft, { force: true });
    throw error;
  }
}

function openForm(headers: BusboyHeaders, mostBytes: number): BusboyInstance {
  try {
    return new Busboy({ headers, limits: { fileSize: mostBytes, files: 1 } });
  } catch (error) {
    throw new ApiError(400, `The upload cannot be read as multipart/form-data: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

async function keep(file: StoredFile, draft: string, store: Store): Promise<StoredFile> {
  const data = store.dataOf(file.id);
  try {
    await rename(draft, data);
    await store.saveFile(file);
    return file;
  } catch (error) {
    await rm(data, { force: true });
    throw new FileError("write", `the upload ${file.filename}`, error);
  }
}
