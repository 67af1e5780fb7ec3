/** A key shorter than this is none, and would be found in ordinary words. */
const shortestKey = 6;

/** A text without the key that was sent and without anything that looks like one of OpenAI's, Fireworks', Together's or Hugging Face's, masked ones included. */
export function redact(text: string, apiKey: string): string {
  const without = apiKey.length >= shortestKey ? text.replaceAll(apiKey, "[key]") : text;
  return without.replaceAll(/\b(?:sk-|fw_|tgp_v1_|hf_)[\w*.…-]*[\w*…-]/g, "[key]");
}
