import assert from "node:assert/strict";
import { readMapping } from "../../../../src/dataset/convert/mapping.ts";

describe("the mapping of columns to roles", () => {
  const reason = (written: string, system?: string): string => {
    const read = readMapping(written, system);
    return "reason" in read ? read.reason : "";
  };

  it("puts the roles in the order of the conversation", () => {
    assert.deepEqual(readMapping("assistant=category, user=text,system=task"), { columns: [{ role: "system", column: "task" }, { role: "user", column: "text" }, { role: "assistant", column: "category" }] });
  });

  it("takes everything behind the first equals sign as the column's name", () => {
    assert.deepEqual(readMapping("user=a=b,assistant=the label", "Label it."), { columns: [{ role: "user", column: "a=b" }, { role: "assistant", column: "the label" }], system: "Label it." });
  });

  it("takes a worse answer beside the better one", () => {
    assert.deepEqual(readMapping("rejected=worse,user=q,assistant=better"), { columns: [{ role: "user", column: "q" }, { role: "assistant", column: "better" }, { role: "rejected", column: "worse" }] });
  });

  it("says what is wrong with it", () => {
    assert.match(reason("text"), /"text" is no role=column pair/);
    assert.match(reason(""), /"" is no role=column pair/);
    assert.match(reason("user=text,"), /"" is no role=column pair/);
    assert.match(reason("user=,assistant=b"), /"user=" is no role=column pair/);
    assert.match(reason("User=a,assistant=b"), /"User=a" is no role=column pair/);
    assert.match(reason("toString=a,assistant=b"), /no role=column pair/);
    assert.match(reason("user=a,user=b,assistant=c"), /user is mapped twice/);
    assert.match(reason("user=a"), /no column is mapped to assistant/);
    assert.match(reason("assistant=a"), /no column is mapped to user/);
    assert.match(reason("user=a,assistant=b,system=c", "Label it."), /given twice/);
    assert.match(reason("user=a,assistant=b", " "), /system message is empty/);
  });
});
