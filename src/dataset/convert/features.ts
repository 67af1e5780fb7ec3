/** What a conversation may have and not every format can hold, in the words of messages and tables. */
export const features = {
  tools: "tool definitions",
  "strict-tools": "strict tools",
  "tool-calls": "tool calls and their results",
  "parallel-tool-calls": "the switch for parallel tool calls",
  images: "images",
  "image-detail": "the detail of images",
  "media-types": "media types that an address does not show",
  videos: "videos",
  audio: "audio",
  documents: "documents",
  "openai-parts": "OpenAI's audio, file and refusal parts",
  "several-parts": "borders between parts of a text",
  "developer-role": "developer messages",
  "several-systems": "several system messages",
  names: "names of speakers",
  weights: "weights",
  refusals: "refusals",
  reasoning: "reasoning",
  "rejected-answers": "rejected answers",
  labels: "labels of answers",
} as const;

export type Feature = keyof typeof features;
