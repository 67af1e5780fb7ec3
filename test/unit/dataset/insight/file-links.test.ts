import assert from "node:assert/strict";
import { fileLinks } from "../../../../src/dataset/insight/file-links.ts";

const found = (text: string, most = 100): string[] => fileLinks(text, most).map(({ line, start, end, path }) => `${line}:${text.split("\n")[line]?.slice(start, end)} = ${path}`);

describe("links to files", () => {
  it("are names of files under the keys that name them, at their characters", () => {
    assert.deepEqual(found('{"id": "1", "image": "coco/1.jpg"}\n\n{"messages": [{"content": [{"type": "image_url", "image_url": {"url": "b/\\u00e9 2.PNG"}}]}], "audio":"s.wav"}\n{"images": ["x.webp", "y.webp"]}'), [
      "0:coco/1.jpg = coco/1.jpg", "2:b/\\u00e9 2.PNG = b/é 2.PNG", "2:s.wav = s.wav", "3:x.webp = x.webp", "3:y.webp = y.webp",
    ]);
  });

  it("are no addresses, no files of other machines, no pictures in the record, and no other texts", () => {
    assert.deepEqual(found('{"url": "https://a.b/c.png", "image": "data:image/png;base64,AAAA.png", "path": "//host/share/x.png", "file": "\\\\\\\\host\\\\x.png", "image": "no name", "content": "look at a.png"}'), []);
  });

  it("are so many at most", () => {
    assert.equal(found('{"image": "a.png"}\n'.repeat(50), 7).length, 7);
  });
});
