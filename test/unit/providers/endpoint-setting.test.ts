import assert from "node:assert/strict";
import fc from "fast-check";
import { readEndpointSetting } from "../../../src/providers/endpoint-setting.ts";

describe("the setting that names services", () => {
  it("takes a base URL alone, whose host tells the provider", () => {
    assert.deepEqual(readEndpointSetting({
      OpenAI: "https://api.openai.com/v1", Azure: "https://acme.openai.azure.com/openai/v1", Nebius: "https://api.tokenfactory.nebius.com/v1/", Together: " https://api.together.ai/v1 ",
      Fireworks: "https://api.fireworks.ai/inference/v1", Hub: "https://huggingface.co", Mine: "http://127.0.0.1:8080/v1", Lookalike: "https://api.together.ai.example/v1",
    }).map(({ name, kind, baseURL }) => [name, kind, baseURL]), [
      ["OpenAI", "openai", "https://api.openai.com/v1"], ["Azure", "openai", "https://acme.openai.azure.com/openai/v1"], ["Nebius", "openai", "https://api.tokenfactory.nebius.com/v1/"], ["Together", "together", "https://api.together.ai/v1"],
      ["Fireworks", "fireworks", "https://api.fireworks.ai/inference/v1"], ["Hub", "huggingface-jobs", "https://huggingface.co"], ["Mine", "openai", "http://127.0.0.1:8080/v1"], ["Lookalike", "openai", "https://api.together.ai.example/v1"],
    ]);
  });

  it("takes an object with the provider, whose usual address it has where none is said, and the account", () => {
    assert.deepEqual(readEndpointSetting({ A: { provider: "fireworks", account: "acme" }, B: { provider: "together", baseURL: "http://127.0.0.1:1/v1" }, C: { baseURL: "https://huggingface.co", account: " " } }), [
      { name: "A", kind: "fireworks", baseURL: "https://api.fireworks.ai", account: "acme" },
      { name: "B", kind: "together", baseURL: "http://127.0.0.1:1/v1" },
      { name: "C", kind: "huggingface-jobs", baseURL: "https://huggingface.co" },
    ]);
  });

  it("keeps what it does not know, to be told when it is opened, and passes over what says nothing", () => {
    assert.deepEqual(readEndpointSetting({ A: "no url", B: { provider: "unheard", baseURL: "https://a.example" }, C: "", D: 7, E: null, F: { provider: "unheard" }, G: [], H: {} }), [
      { name: "A", kind: "openai", baseURL: "no url" }, { name: "B", kind: "unheard", baseURL: "https://a.example" },
    ]);
  });

  it("never throws", () => {
    fc.assert(fc.property(fc.anything(), (value) => {
      readEndpointSetting(value);
      readEndpointSetting({ a: value });
    }));
  });
});
