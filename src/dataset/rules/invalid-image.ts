import { describeTurn, sentence } from "../dialogue.ts";
import { base64Fault, byteLengthOf, imageTypeOf } from "../image-bytes.ts";
import { endOf, property } from "../json-node.ts";
import { mediaOf, type Medium } from "../media.ts";
import { quote, shorten } from "../quote.ts";
import type { ImageLimits, Target } from "../targets/target.ts";
import { writtenRange } from "../written-range.ts";
import { severityOf, type Problem, type RecordRule } from "./rule.ts";

export const invalidImage: RecordRule = {
  id: "invalid-image",
  severity: "error",
  summary: "An image is not written as the target wants it: its form, its address, its type, its base64, or its size.",
  explanation: "OpenAI drops records whose images it cannot fetch or read, and says so only in the job's events; Together takes base64 alone, Nova addresses in S3, Gemini in Cloud Storage. A bare `image_url` is made the object that it should be, and image/jpg is written image/jpeg; anything else is yours to mend. The type is held against the first bytes of the image, and the size is counted, without decoding it.",
  source: "https://developers.openai.com/api/docs/guides/vision-fine-tuning",
  *check({ dialogues, text, accepted }, { images, title }) {
    if (!accepted || typeof images !== "object") return;
    for (const dialogue of dialogues) {
      for (const turn of dialogue.turns) {
        for (const medium of mediaOf(turn)) {
          for (const problem of judge(medium, images, title, text)) yield { ...problem, message: `${sentence(describeTurn(dialogue, turn))}: ${problem.message}` };
        }
      }
    }
  },
};

const videoTypes = ["mov", "mkv", "mp4", "webm"];

function* judge(medium: Medium, images: ImageLimits, title: Target["title"], text: string): Generator<Problem> {
  const { node, kind, address, bare, inline, type } = medium;
  if (kind !== "image" && kind !== "video") return;
  yield* judgeType(medium, images);
  if (!address) {
    // What `image_url`, `fileData` and Nova's blocks lack, `wrong-shape` tells.
    if (property(node, "image_url") || property(node, "fileData") || property(node, kind)) return;
    const expected = images.sources.includes("gs") ? '{"inlineData": {"mimeType": "image/png", "data": "…"}}' : '{"type": "image_url", "image_url": {"url": "…"}}';
    yield { start: node.offset, end: endOf(node), message: `the ${kind} has no address that ${title} reads; expected ${expected}.` };
    return;
  }
  const start = address.offset;
  const end = endOf(address);
  const severity = bare ? severityOf(images.bareUrl) : undefined;
  if (severity) {
    yield {
      start, end, severity, message: `"image_url" is the address itself; expected an object: {"url": "…"}.`,
      fixes: [{ title: 'Write {"url": …}', safe: true, edits: [{ start, end: start, text: '{"url": ' }, { start: end, end, text: "}" }] }],
    };
  }
  const value = String(address.value);
  if (inline) {
    yield* judgeBytes(value, 0, String(type?.value), medium, images, text);
    return;
  }
  const source = sourceOf(value);
  if (!source || !images.sources.includes(source)) {
    const found = source === "data" ? "its bytes as a data URI" : quote(value, 60);
    yield { start, end, message: `the ${kind} is given as ${found}${source ? "" : ", which is no address that a provider can read"}; ${title} takes ${images.sources.map((each) => sourceWords[each]).join(" or ")}.` };
  } else if (source === "data") yield* judgeData(value, medium, images, text);
  else if (source === "s3" && !/^s3:\/\/[\w\-/.]+$/.test(value)) yield { start, end, message: `the address ${quote(value, 60)} has characters that Bedrock's validator refuses; expected letters, digits, _, -, / and . only.` };
}

const sourceWords = { url: "an address https://…", data: "a data URI (data:image/png;base64,…)", s3: "an address s3://…", gs: "an address gs://…" } as const;

function sourceOf(address: string): ImageLimits["sources"][number] | undefined {
  if (/^https?:\/\//i.test(address)) return "url";
  if (/^data:/i.test(address)) return "data";
  return address.startsWith("s3://") ? "s3" : address.startsWith("gs://") ? "gs" : undefined;
}

/** The type beside the address, `png` or `image/png`. */
function* judgeType({ type, kind }: Medium, { types }: ImageLimits): Generator<Problem> {
  if (!type) return;
  const plain = String(type.value).replace(/^(?:image|video)\//, "").toLowerCase();
  const known: readonly string[] = kind === "video" ? videoTypes : types;
  if (known.includes(plain) || (kind === "video" && String(type.value).includes("/"))) return;
  const start = type.offset;
  const end = endOf(type);
  const fixes = plain === "jpg" ? [{ title: "Write jpeg", safe: true, edits: [{ start, end, text: JSON.stringify(String(type.value).replace(/jpg$/i, "jpeg")) }] }] : [];
  yield { start, end, message: `the type of the ${kind} is ${quote(String(type.value))}; expected ${known.join(", ")}.`, fixes };
}

function* judgeData(value: string, medium: Medium, images: ImageLimits, text: string): Generator<Problem> {
  const { address } = medium;
  if (!address) return;
  const comma = value.indexOf(",");
  const head = value.slice(0, comma < 0 ? Math.min(value.length, 80) : comma);
  const [, written = ""] = /^data:image\/([a-z+.-]+);base64$/i.exec(head) ?? [];
  if (comma < 0 || written === "") {
    yield { ...writtenRange(text, address, 0, head.length), message: `the data URI begins ${quote(head)}; expected data:image/${images.types[0] ?? "png"};base64, and the bytes.` };
    return;
  }
  if (!(images.types as readonly string[]).includes(written)) {
    const range = writtenRange(text, address, "data:image/".length, "data:image/".length + written.length);
    const fixes = /^jpe?g$/i.test(written) ? [{ title: "Write jpeg", safe: true, edits: [{ ...range, text: "jpeg" }] }] : [];
    yield { ...range, message: `the image's type is image/${written}; expected ${images.types.map((type) => `image/${type}`).join(", ")}.`, fixes };
    if (fixes.length === 0) return;
  }
  yield* judgeBytes(value.slice(comma + 1), comma + 1, `image/${written.replace(/^jpg$/i, "jpeg").toLowerCase()}`, medium, images, text);
}

/** The bytes, which begin at a character of the address. */
function* judgeBytes(base64: string, from: number, declared: string, { address }: Medium, { types, bytes }: ImageLimits, text: string): Generator<Problem> {
  if (!address) return;
  const fault = base64Fault(base64);
  if (fault !== undefined) {
    const found = fault < base64.length ? `has ${JSON.stringify(base64.charAt(fault))}, which base64 does not have` : `has ${base64.length} characters, which is no multiple of four; was it cut`;
    const at = from + Math.min(fault, Math.max(0, base64.length - 1));
    yield { ...writtenRange(text, address, at, at + 1), message: `the image's base64 ${found}${fault < base64.length ? "." : "?"}` };
    return;
  }
  const size = byteLengthOf(base64);
  if (bytes !== undefined && size > bytes) yield { ...writtenRange(text, address, 0, from + base64.length), message: `the image has ${megabytes(size)} MB; expected at most ${megabytes(bytes)} MB.` };
  const type = imageTypeOf(base64);
  const range = writtenRange(text, address, from, Math.min(from + 24, from + base64.length));
  if (!type || !types.includes(type)) yield { ...range, message: `the image's first bytes are ${type ? `those of image/${type}` : "those of no known image"}; expected ${types.map((each) => `image/${each}`).join(", ")}.` };
  else if (declared !== `image/${type}`) yield { ...range, severity: "warning", message: `the image is said to be ${shorten(declared)}, and its first bytes are those of image/${type}.` };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toLocaleString("en", { maximumFractionDigits: 1 });
}
