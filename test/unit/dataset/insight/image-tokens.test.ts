import assert from "node:assert/strict";
import { countImagesBy, imageFormulaOf } from "../../../../src/dataset/insight/image-tokens.ts";
import { recordTokens } from "../../../../src/dataset/insight/tokens.ts";

const base64 = (...bytes: readonly (number | string)[]): string => Buffer.concat(bytes.map((each) => (typeof each === "string" ? Buffer.from(each, "latin1") : Buffer.of(each)))).toString("base64");
const two = (value: number): readonly number[] => [value >> 8, value & 0xff];
const four = (value: number): readonly number[] => [0, 0, ...two(value)];

/** The beginning of a PNG of that size, and of a JPEG whose size stands behind so many other bytes. */
const png = (width: number, height: number): string => `data:image/png;base64,${base64("\x89PNG\r\n\x1a\n", ...four(13), "IHDR", ...four(width), ...four(height), 8, 6, 0, 0, 0, ...four(0))}`;
const jpeg = (width: number, height: number, before: number): string => {
  const segment = (): readonly (number | string)[] => [0xff, 0xe2, ...two(50_002), "x".repeat(50_000)];
  return `data:image/jpeg;base64,${base64(0xff, 0xd8, ...Array.from({ length: before }, segment).flat(), 0xff, 0xc0, ...two(17), 8, ...two(height), ...two(width), 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1, 0xff, 0xd9)}`;
};

const tokens = (model: string, address: string, detail?: string): number | undefined => {
  const formula = imageFormulaOf(model);
  return formula && countImagesBy(formula)({ address, detail });
};

describe("the tokens of a picture", () => {
  it("are those of OpenAI's examples for tiles", () => {
    assert.equal(tokens("gpt-4o", png(1024, 1024), "high"), 765);
    assert.equal(tokens("gpt-4.1-2025-04-14", png(2048, 4096), "high"), 1105);
    assert.equal(tokens("gpt-4o", png(4096, 8192), "low"), 85);
    assert.equal(tokens("ft:gpt-4o-mini-2024-07-18:acme::1", png(512, 512)), 2833 + 5667);
    assert.equal(tokens("o1", png(512, 512)), 75 + 150);
  });

  it("are those of OpenAI's examples for patches", () => {
    assert.equal(tokens("gpt-4.1-mini", png(1024, 1024)), Math.ceil(1024 * 1.62));
    assert.equal(tokens("o4-mini", png(1800, 2400)), Math.ceil(1452 * 1.72));
    assert.equal(tokens("gpt-4.1-nano", png(512, 512), "low"), Math.ceil(256 * 2.46));
  });

  it("are known of a JPEG however much stands before its size, and of no picture that stands elsewhere or is broken", () => {
    for (const before of [1, 2, 5]) assert.equal(tokens("gpt-4o", jpeg(1024, 1024, before)), 765, String(before));
    for (const address of ["https://a.b/c.png", "data:image/png;base64,", "data:image/png;base64,AAAA", "data:image/png;base64,!!!", "data:text/plain;base64,AAAA"]) assert.equal(tokens("gpt-4o", address), undefined, address);
    assert.equal(tokens("gpt-4o", "https://a.b/c.png", "low"), 85);
  });

  it("are not told for models of which nobody has said how they count", () => {
    for (const model of ["gpt-3.5-turbo", "o3-mini", "gpt-5", "meta-llama/Llama-3.2-11B-Vision"]) assert.equal(imageFormulaOf(model), undefined, model);
  });

  it("are among those of a record, which then leave out nothing", () => {
    const formula = imageFormulaOf("gpt-4o") ?? assert.fail();
    const count = Object.assign(() => 1, { image: countImagesBy(formula) });
    const record = (...parts: readonly object[]): string => JSON.stringify({ messages: [{ role: "user", content: parts }] });
    const picture = (url: string, detail?: string): object => ({ type: "image_url", image_url: { url, ...(detail === undefined ? {} : { detail }) } });
    const none = recordTokens(record(), count).tokens;
    assert.deepEqual(recordTokens(record(picture(png(1024, 1024)), picture(png(10, 10), "low")), count), { tokens: none + 765 + 85, more: false });
    assert.deepEqual(recordTokens(record({ type: "image_url", image_url: png(1024, 1024) }), count), { tokens: none + 765, more: false });
    assert.deepEqual(recordTokens(record(picture("https://a.b/c.png")), count), { tokens: none, more: true });
    assert.deepEqual(recordTokens(record(picture(png(1024, 1024))), () => 1), { tokens: none, more: true });
  });
});
