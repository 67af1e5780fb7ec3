import assert from "node:assert/strict";
import { environmentKeys } from "../../../src/providers/environment-keys.ts";

const environment = { OPENAI_API_KEY: "sk-1", TOGETHER_API_KEY: "t-1", FIREWORKS_API_KEY: " ", HF_TOKEN: "hf_1", PATH: "/bin" };

describe("keys in environment variables", () => {
  it("are those of the service's own tools, where they are set", () => {
    const names = (kind: string, baseURL: string) => environmentKeys({ kind, baseURL }, environment);
    assert.deepEqual([names("openai", "https://api.openai.com/v1"), names("together", "https://api.together.ai/v1"), names("fireworks", "https://api.fireworks.ai/inference/v1"), names("huggingface-jobs", "https://huggingface.co")], [["OPENAI_API_KEY"], ["TOGETHER_API_KEY"], [], ["HF_TOKEN"]]);
  });

  it("are offered for no other address than the service's own", () => {
    for (const [kind, baseURL] of [["openai", "https://evil.example/v1"], ["openai", "http://127.0.0.1:8080/v1"], ["openai", "http://api.openai.com/v1"], ["together", "https://api.openai.com/v1"], ["unheard", "https://api.openai.com/v1"], ["openai", "no url"]] as const) assert.deepEqual(environmentKeys({ kind, baseURL }, environment), [], baseURL);
  });
});
