import assert from "node:assert/strict";
import { programFixture } from "./program-fixture.ts";

const chat = (question: string, answer: string): string => JSON.stringify({ messages: [{ role: "system", content: "Label the question." }, { role: "user", content: question }, { role: "assistant", content: answer }] });
const data = [...Array.from({ length: 8 }, (_, index) => chat(`Where is the card that I ordered ${index} days ago?`, "card_arrival")), ...Array.from({ length: 4 }, () => chat("Wo ist meine Karte geblieben? Ich warte schon lange darauf.", "lost_card")), "{"].join("\n");

interface Figures {
  readonly records: number;
  readonly unread: number;
  readonly constants: readonly { readonly place: string; readonly isWhole: boolean; readonly tokens: number; readonly records: number; readonly epochs: number }[];
  readonly charts: readonly { readonly id: string; readonly bars: readonly { readonly label: string; readonly records: number }[] }[];
}

describe("tunesmith insights FILE", function () {
  this.timeout(20_000);
  const { file, run } = programFixture();

  it("tells what the records are like, and what constant text costs", async () => {
    file("data.jsonl", data);
    const { code, stdout, stderr } = await run(["insights", "data.jsonl"]);
    assert.deepEqual([code, stderr], [0, ""]);
    assert.match(stdout, /^data\.jsonl: 12 records; 1 line without a record that can be read\. Tokens are counted in o200k_base\.\nAll records have the same system prompt: 4 tokens in each of 12, 384 over 8 epochs: less than 0\.01 USD/);
    assert.match(stdout, /\nLabels: 2 different labels\.\n {2}card_arrival +8 +66\.7 % +█+\n {2}lost_card +4 +33\.3 % +█+\n/);
    assert.match(stdout, /\nLanguages: 2 different languages\.\n {2}English +8 .*\n {2}German +4 /);
  });

  it("lists labels that are probably wrong, the most suspicious first, and says by what", async () => {
    const asked = { weather: ["rain", "snow", "wind", "fog", "sun"], travel: ["train", "bus", "ferry", "tram", "plane"] };
    const rows = Object.entries(asked).flatMap(([label, things]) => things.flatMap((thing) => [`How is the ${label} today, is there a ${thing}?`, `Tell me about the ${label} and the ${thing}.`].map((question) => chat(question, label))));
    file("labels.jsonl", [...rows, chat("How is the travel today, is there a bus or a train?", "weather")].join("\n"));
    const { code, stdout } = await run(["insights", "labels.jsonl", "--suspicious", "5"]);
    assert.equal(code, 0);
    assert.match(stdout, /^By TF-IDF cosine of words and pairs of words, the most suspicious first:\n\d\.\d\d {2}line 21 {2}weather: How is the travel today.*\n {6}\d+ of 10 like it: travel, such as line \d+ \(0\.\d\d\): How is the travel today/);
    const { suspicious } = JSON.parse((await run(["insights", "labels.jsonl", "--suspicious", "1", "--format", "json"])).stdout) as { readonly suspicious: readonly { readonly line: number; readonly label: string; readonly neighbour: { readonly label: string } }[] };
    assert.deepEqual(suspicious.map(({ line, label, neighbour }) => [line, label, neighbour.label]), [[21, "weather", "travel"]]);
  });

  it("tells the same as JSON, of standard input too, and when there is no file", async () => {
    const figures = JSON.parse((await run(["insights", "-", "--format", "json", "--target", "trl"], { input: data })).stdout) as Figures;
    assert.deepEqual([figures.records, figures.unread], [12, 1]);
    assert.deepEqual(figures.charts.find(({ id }) => id === "label")?.bars.map(({ label, records }) => [label, records]), [["card_arrival", 8], ["lost_card", 4]]);
    const gone = await run(["insights", "gone.jsonl"]);
    assert.deepEqual([gone.code, gone.stderr], [2, "Cannot read gone.jsonl: there is no such file.\n"]);
  });
});
