/** Keys are put together here, so that no scanner takes this file for a place where one leaked. */
export const letters = (count: number): string => Array.from({ length: count }, (_, index) => "aZ3bY9cX7dW1eV5fU2gT8hS4iR6jQ0kP"[(index * 7) % 32]).join("");
export const capitals = (count: number): string => letters(count).toUpperCase();
export const pem = `-----BEGIN ${"PRIVATE KEY"}-----\n${letters(60)}\n${letters(60)}\n-----END PRIVATE KEY-----`;

/** A text, and the placeholders of what is to be found in it. */
export const planted: readonly (readonly [text: string, ...placeholders: string[]])[] = [
  ["Write to anna.kowalska+orders@gmail.com today.", "EMAIL"],
  ["Ring +44 20 7946 0958 after six.", "PHONE"],
  ["Call me at (415) 555-2671.", "PHONE"],
  ["Meine Nummer ist 030 901820.", "PHONE"],
  ["Charge 4012 8888 8888 1881, please.", "CARD"],
  ["Charge 5555-5555-5555-4444, please.", "CARD"],
  ["Pay to GB29 NWBK 6016 1331 9268 19.", "IBAN"],
  ["DE89370400440532013000 is the account", "IBAN"],
  ["My SSN is 536-90-4399.", "SSN"],
  ["The login came from 81.2.69.142 at noon.", "IP"],
  [`OPENAI_API_KEY=sk-proj-${letters(48)}`, "OPENAI_KEY"],
  [`key: sk-ant-api03-${letters(90)}`, "ANTHROPIC_KEY"],
  [`git clone https://ghp_${letters(36)}@github.com/acme/shop.git`, "GITHUB_TOKEN"],
  [`aws_access_key_id = AKIA${capitals(16)}`, "AWS_KEY"],
  ["DATABASE_URL=postgres://shop:hX9-tq2Lm@db.acme.io:5432/shop", "PASSWORD"],
  [`AIza${letters(35)}`, "GOOGLE_KEY"], [`xoxb-${"123456789012"}-${letters(24)}`, "SLACK_TOKEN"], [`sk_live_${letters(24)}`, "STRIPE_KEY"], [`hf_${letters(34)}`, "HUGGING_FACE_TOKEN"],
  [`Here it is:\n${pem}\nKeep it safe.`, "PRIVATE_KEY"],
  [`Bearer eyJ${letters(20)}.eyJ${letters(30)}.${letters(43)}`, "JWT"],
  ["Server=db;User Id=sa;Password=hX9tq2Lm;", "PASSWORD"],
  ["+1 650-253-0000 and +49 30 901820, or jane@acme.io", "PHONE", "PHONE", "EMAIL"],
];
