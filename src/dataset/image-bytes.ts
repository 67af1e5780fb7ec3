/** The types of pictures that providers take. */
export type ImageType = "jpeg" | "png" | "webp" | "gif";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** How many bytes a base64 text stands for. */
export function byteLengthOf(base64: string): number {
  return Math.floor((base64.length * 3) / 4) - (base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0);
}

/** The offset of the first character that base64 does not have, or of the text's end where its length is wrong; undefined where it is valid (RFC 4648, section 4). */
export function base64Fault(base64: string): number | undefined {
  const foreign = base64.search(/[^A-Za-z0-9+/]/);
  const padding = base64.length - (foreign < 0 ? base64.length : foreign);
  if (foreign >= 0 && (padding > 2 || !/^=+$/.test(base64.slice(foreign)))) return foreign;
  return base64.length === 0 || base64.length % 4 !== 0 ? base64.length : undefined;
}

/** The type that the first bytes of a picture show: their signatures, as the formats' specifications have them. */
export function imageTypeOf(base64: string): ImageType | undefined {
  const bytes = firstBytes(base64, 12);
  const ascii = String.fromCharCode(...bytes);
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return "jpeg";
  if (ascii.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  if (ascii.startsWith("GIF87a") || ascii.startsWith("GIF89a")) return "gif";
  return ascii.startsWith("RIFF") && ascii.slice(8, 12) === "WEBP" ? "webp" : undefined;
}

const values = Uint8Array.from({ length: 128 }, (_, unit) => alphabet.indexOf(String.fromCharCode(unit)) & 0xff);

/** The first bytes that a base64 text stands for, from a character on; fewer where it ends, or has a character that base64 does not have. */
export function firstBytes(base64: string, count: number, from = 0): Uint8Array {
  const bytes = new Uint8Array(Math.min(count, Math.floor(((base64.length - from) * 3) / 4)));
  let length = 0;
  let bits = 0;
  let held = 0;
  for (let index = from; index < base64.length && length < bytes.length; index++) {
    const value = values[base64.charCodeAt(index)] ?? 0xff;
    if (value === 0xff) break;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[length++] = (held >> bits) & 0xff;
  }
  return bytes.subarray(0, length);
}
