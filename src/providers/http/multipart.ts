import { randomUUID } from "node:crypto";

/** A body whose length is known before it is sent, so that it needs no chunked encoding, which stores of files refuse. A file passes through in pieces. */
export interface StreamedBody {
  readonly contentType: string;
  readonly length: number;
  open(): ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>;
}

/** Whether a body is sent as it is, and not as JSON. */
export function isStreamed(body: object): body is StreamedBody {
  return "open" in body && typeof body.open === "function";
}

/** A text of another type than JSON. */
export function toTextBody(text: string, contentType: string): StreamedBody {
  const body = new TextEncoder().encode(text);
  return { contentType, length: body.length, open: () => body };
}

/** A form with text fields alone, as `multipart/form-data`. */
export function toForm(fields: Readonly<Record<string, string>>): StreamedBody {
  const boundary = newBoundary();
  return toTextBody(`${textsOf(fields, boundary)}--${boundary}--\r\n`, `multipart/form-data; boundary=${boundary}`);
}

/** A form with text fields and one file, as `multipart/form-data`. `progress` is told how many bytes of the file have left. */
export function toMultipart(fields: Readonly<Record<string, string>>, file: { readonly field: string; readonly name: string; readonly type: string; readonly content: Blob }, progress?: (sent: number) => void): StreamedBody {
  const boundary = newBoundary();
  const head = Buffer.from(`${textsOf(fields, boundary)}--${boundary}\r\nContent-Disposition: form-data; name="${escape(file.field)}"; filename="${escape(file.name)}"\r\nContent-Type: ${file.type}\r\n\r\n`);
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    length: head.length + file.content.size + tail.length,
    open: () => ReadableStream.from(join(head, file.content, tail, progress)) as ReadableStream<Uint8Array>,
  };
}

/** A file by itself. */
export function toStreamedBody(content: Blob, contentType: string, progress?: (sent: number) => void): StreamedBody {
  return { contentType, length: content.size, open: () => ReadableStream.from(counted(content, progress)) as ReadableStream<Uint8Array> };
}

function newBoundary(): string {
  return `tunesmith-${randomUUID()}`;
}

function textsOf(fields: Readonly<Record<string, string>>, boundary: string): string {
  return Object.entries(fields).map(([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${escape(name)}"\r\n\r\n${value}\r\n`).join("");
}

async function* join(head: Uint8Array, content: Blob, tail: Uint8Array, progress?: (sent: number) => void): AsyncGenerator<Uint8Array> {
  yield head;
  yield* counted(content, progress);
  yield tail;
}

async function* counted(content: Blob, progress?: (sent: number) => void): AsyncGenerator<Uint8Array> {
  let sent = 0;
  for await (const piece of content.stream() as ReadableStream<Uint8Array>) {
    yield piece;
    // Asked for the next piece, the one before has been taken over by the connection.
    sent += piece.byteLength;
    progress?.(sent);
  }
}

/** As browsers write names in forms. Source: HTML standard, multipart/form-data encoding algorithm. */
function escape(name: string): string {
  return name.replaceAll(/\r\n|\r|\n/g, "%0D%0A").replaceAll('"', "%22");
}
