import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";

interface Token { readonly c: string; readonly t: string }

describe("Colours of training records", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "tunesmith-"));
  });
  after(() => rm(folder, { recursive: true }));

  it("tell roles, special tokens and placeholders apart from other text", async () => {
    const file = join(folder, "records.jsonl");
    await writeFile(file, '{"messages": [{"role": "user", "content": "Hi {{name}}<|im_end|>, user"}, {"role":"assistant","content":"a role"}]}\n');
    // What VS Code's own grammar tests call; it tokenises the file as the editor does.
    const tokens = await vscode.commands.executeCommand<Token[]>("_workbench.captureSyntaxTokens", vscode.Uri.file(file));
    const ours = tokens.filter(({ t }) => t.includes(".tunesmith")).map(({ c, t }) => [c, t.split(" ").find((scope) => scope.endsWith(".tunesmith"))]);
    assert.deepEqual(ours, [
      ["user", "entity.name.type.role.user.tunesmith"],
      ["{{name}}", "variable.parameter.placeholder.tunesmith"],
      ["<|im_end|>", "keyword.other.special-token.tunesmith"],
      ["assistant", "entity.name.function.role.assistant.tunesmith"],
    ]);
    assert.ok(!tokens.some(({ t }) => t.includes("invalid")), "valid JSON stays valid");
  });
});
