import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { countTokens } from "gpt-tokenizer/encoding/o200k_base";
import { get_encoding } from "tiktoken";

/**
 * Counts the tokens of the texts of a dataset by OpenAI's encoding o200k_base on one core, as Tunesmith does, beside tiktoken (WebAssembly); the best of rounds that take turns.
 * TUNESMITH_BENCH_FILE names JSON Lines whose strings are counted, each once a round; without it, the sample's test file and this repository's README are.
 */
const file = process.env["TUNESMITH_BENCH_FILE"];
const rounds = 5;
/** As Tunesmith counts: in training data a special token's spelling is text like any other. */
const asText = { disallowedSpecial: new Set<string>() };

function texts(): string[] {
  const found: string[] = [];
  const walk = (value: unknown): void => {
    if (typeof value === "string") found.push(value);
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(walk);
  };
  for (const line of readFileSync(file ?? "media/sample/banking-test.jsonl", "utf8").split("\n")) if (line.trim() !== "") walk(JSON.parse(line));
  if (file === undefined) found.push(...readFileSync("README.md", "utf8").split("\n\n"));
  return found;
}

const own = texts();
const characters = own.reduce((sum, text) => sum + text.length, 0);
const tiktoken = get_encoding("o200k_base");
const ways: Readonly<Record<string, (text: string) => number>> = {
  "gpt-tokenizer": (text) => countTokens(text, asText),
  tiktoken: (text) => tiktoken.encode_ordinary(text).length,
};
const best = new Map<string, number>();
const tokens = new Map<string, number>();
for (let round = 0; round <= rounds; round++) {
  for (const [name, count] of Object.entries(ways)) {
    const start = performance.now();
    let sum = 0;
    for (const text of own) sum += count(text);
    // The first round warms up.
    if (round > 0) best.set(name, Math.min(best.get(name) ?? Infinity, performance.now() - start));
    tokens.set(name, sum);
  }
}
console.log(`${own.length.toLocaleString("en")} texts, ${(characters / 1e6).toFixed(1)} million characters, the best of ${rounds} rounds, one core`);
for (const [name, milliseconds] of best) console.log(`  ${name.padEnd(14)} ${(characters / milliseconds / 1000).toFixed(1)} million characters/s, ${(tokens.get(name) ?? 0).toLocaleString("en")} tokens`);
console.log(`  gpt-tokenizer is ${((best.get("tiktoken") ?? NaN) / (best.get("gpt-tokenizer") ?? NaN)).toFixed(2)} times as fast as tiktoken`);
