import assert from "node:assert/strict";
import fc from "fast-check";
import { failurePlaces, fileOfFailure } from "../../../../src/jobs/failure/places.ts";

const numbersIn = (message: string): number[] => failurePlaces(message).map(({ number }) => number);

/** Messages of servers as they were seen in public logs and sources, each with the lines that it means. */
const seen: readonly (readonly [title: string, message: string, lines: readonly number[]])[] = [
  ["OpenAI's special token", "The job failed due to a file format error in the training file. Invalid file format. Example 6174 message contains an invalid token: <|fim_suffix|>.", [6174]],
  ["OpenAI's message without a role", "The job failed due to an invalid training file. Invalid file format. Example 100, message 2 Discriminator 'role' is missing in value", [100]],
  ["OpenAI's extra key", 'Invalid file format. Example 1 contains an extra "weight".', [1]],
  ["OpenAI's broken JSON, which names the line twice and a place within it", "Invalid file format. Example 1273 cannot be parsed. Error: line contains invalid json: Expecting ',' delimiter: line 1 column 79 (char 78) (line 1273)", [1273]],
  ["OpenAI's moderation", "This file failed moderation safety checks. Please remove them. Flagged lines: 4, 13, 14, 18, 35 and 36", [4, 13, 14, 18, 35, 36]],
  ["OpenAI's upload", 'Expected file to have JSONL format, where every line is a JSON dictionary. Line 1 is not a dictionary (HINT: line starts with: "{"p...").', [1]],
  ["Azure's upload, which counts from 0", "Validation of jsonl file failed: Role must be either 'user', 'assistant', or 'system'. Unexpected value encountered on line 0. Please fix the data and try again.", [1]],
  ["Together's JSON", "Error parsing json payload. Unexpected format on line 12.", [12]],
  ["Together's format", "Error parsing file. Could not detect a format for the line 7 with the columns:\ndict_keys(['a'])", [7]],
  ["Together's two formats", "Found multiple dataset formats in the input file. Got DatasetFormat.GENERAL and DatasetFormat.CONVERSATION on line 3.", [3]],
  ["Together's other format than the first line's", "All samples in the dataset must have the same dataset format. Got GENERAL for the first line and CONVERSATION for the line 44.", [44]],
  ["Together's extra column", 'Found extra column "c" in the line 5.', [5]],
  ["Together's roles", "Invalid role turns on line 9 of the input file. `user` and `assistant` roles must alternate user/assistant/user/assistant/...", [9]],
  ["Mistral's validator", "The data in line 1412 of dataset train.jsonl is incorrectly formatted. Expected last role to be one of: [assistant] but got user", [1412]],
  ["a row that somebody counts", "INVALID_ARGUMENT: DATASET_INVALID: row 7: messages must not be empty", [7]],
  ["TRL's reader, which counts from 0", "DatasetGenerationError: An error occurred while generating the dataset\npyarrow.lib.ArrowInvalid: JSON parse error: Column(/messages/[]/content) changed from string to array in row 11", [12]],
  ["the local engine's check", 'The job failed due to an invalid training file. Invalid file format. Example 3: The message has no "role". Example 8: The record has no answer. … and 4 more.', [3, 8]],
  ["the local trainer", "Line 12 is no chat record: KeyError: 'messages'.", [12]],
];

/** What looks like a place and is none. */
const none: readonly (readonly [title: string, message: string])[] = [
  ["too few records", "Training file has 7 example(s), but must have at least 10 examples"],
  ["a file that is too small at Together", "Processing train.jsonl resulted in only 5 samples. Our minimum is 10 samples."],
  ["a traceback of Python", 'Traceback (most recent call last):\n  File "/app/train.py", line 12, in <module>\n    main()\n  File "/app/train.py", line 7\nKeyError: \'messages\''],
  ["a place within a record", "json.decoder.JSONDecodeError: Expecting ',' delimiter: line 1 column 79 (char 78)"],
  ["moderation without lines", "This training file was blocked because too many examples were flagged by our moderation API for containing content that violates OpenAI's usage policies in the following categories: hate."],
  ["a step", "At step 12 the training loss stopped being a number. Use a smaller learning rate multiplier."],
  ["a schema's count", "contains invalid schema (20)"],
];

describe("the places that a failure message names", () => {
  for (const [title, message, lines] of seen) it(`are found in ${title}`, () => assert.deepEqual(numbersIn(message), lines));

  for (const [title, message] of none) it(`are not made up of ${title}`, () => assert.deepEqual(numbersIn(message), []));

  it("come with the server's words about each", () => {
    const places = failurePlaces('The job failed due to an invalid training file. Invalid file format. Example 3: The message has no "role". Example 8: The record has no answer. … and 4 more.');
    assert.deepEqual(places.map(({ words, fragment }) => [fragment, words]), [
      ["Example 3", 'Example 3: The message has no "role".'],
      ["Example 8", "Example 8: The record has no answer. … and 4 more."],
    ]);
    assert.match(failurePlaces("Fine. Flagged lines: 4, 13")[1]?.words ?? "", /^Flagged lines: 4, 13$/);
    assert.match(failurePlaces(seen[3]?.[1] ?? "")[0]?.words ?? "", /^Example 1273 cannot be parsed\. .*\(line 1273\)$/);
  });

  it("say what they count, and how far they can be trusted", () => {
    assert.deepEqual(failurePlaces("JSON parse error: Invalid value. in row 0").map(({ number, counts, within }) => [number, counts, within]), [[1, "records", 10_485_760]]);
    assert.deepEqual(failurePlaces("Example 2 is missing key 'messages'").map(({ counts, within }) => [counts, within]), [["lines", undefined]]);
  });

  it("are found whatever stands around the stable words, each once, and never more than 200", () => {
    const words = fc.stringMatching(/^[a-zA-Z' ]{0,20}$/).filter((text) => !/line|record|row|sample|example|entr/i.test(text));
    fc.assert(fc.property(words, fc.integer({ min: 1, max: 1e7 }), words, (before, number, after) => {
      assert.deepEqual(numbersIn(`${before} Example ${number} ${after}`), [number]);
      assert.deepEqual(numbersIn(`${before}. Found it on line ${number}. ${after}`), [number]);
    }));
    assert.equal(failurePlaces(`Flagged lines: ${Array.from({ length: 500 }, (_, index) => index + 1).join(", ")}`).length, 200);
  });

  it("never take long, whatever a server sends", () => {
    const started = performance.now();
    failurePlaces("line 1, ".repeat(20_000));
    failurePlaces(`JSON parse error ${" in row".repeat(20_000)}`);
    failurePlaces(`lines ${"1 and ".repeat(20_000)}`);
    assert.ok(performance.now() - started < 5000);
  });
});

describe("the file that a failure is about", () => {
  it("is the training file unless the code or the message says otherwise", () => {
    assert.equal(fileOfFailure({ message: "Example 1 is missing key 'messages'" }), "training");
    assert.equal(fileOfFailure({ code: "invalid_validation_file", message: "The job failed due to an invalid validation file." }), "validation");
    assert.equal(fileOfFailure({ code: "invalid_file_format", message: "The job failed due to a file format error in the validation file." }), "validation");
    assert.equal(fileOfFailure({ code: "invalid_training_file", message: "No validation file." }), "training");
  });
});
