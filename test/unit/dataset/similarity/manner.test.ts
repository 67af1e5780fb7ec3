import assert from "node:assert/strict";
import { languageName, languagePlace } from "../../../../src/dataset/similarity/function-words.ts";
import { mannerOf } from "../../../../src/dataset/similarity/manner.ts";

describe("how a record speaks", () => {
  it("is told of every format: its system message, and the lengths of both answers", () => {
    const system = { role: "system", content: "Be brief." };
    const chat = mannerOf({ messages: [system, { role: "user", content: "Hi" }] });
    assert.deepEqual(mannerOf({ system: "Be brief.", messages: [{ role: "user", content: "Hi" }] }).system, chat.system);
    assert.deepEqual(mannerOf({ input: { messages: [system] }, preferred_output: [{ role: "assistant", content: "Yes." }], non_preferred_output: [{ role: "assistant", content: "No" }] }), { system: chat.system, chosen: 4, rejected: 2, language: 0 });
    assert.deepEqual(mannerOf({ prompt: "Why?", chosen: "So.", rejected: "" }), { system: undefined, chosen: 3, rejected: 0, language: 0 });
    assert.equal(mannerOf({ messages: [null, 7, { role: "user", content: [{ type: "text", text: "Hi" }] }] }).system, undefined);
  });
});

describe("a language told by function words and scripts", () => {
  const told = (text: string): string => (languagePlace(text) === 0 ? "none" : languageName(languagePlace(text)));
  it("is told where it is plain", () => {
    assert.deepEqual([
      "Where is the card that I ordered two weeks ago?", "Wie kann ich meine neue Karte aktivieren und wann ist sie da?", "Pourquoi est-ce que le virement n'est pas encore sur mon compte ?", "¿Por qué no puedo pagar con la tarjeta que tengo?",
      "カードが届きません。どうすればいいですか", "我的卡在哪里？请告诉我", "Почему моя карта не работает?",
    ].map(told), ["English", "German", "French", "Spanish", "Japanese", "Chinese", "Russian"]);
  });

  it("is not told of a few words, of labels, numbers and code, nor of words that many languages have", () => {
    assert.deepEqual(["card_arrival", "Hi", "12 + 5 = 17", "x = y; return x", "Solve -15*z - 18*z + 43*z - 140 = 0 for z.", "", "No, I do my best to do it"].map(told), Array.from({ length: 7 }, () => "none"));
  });
});
