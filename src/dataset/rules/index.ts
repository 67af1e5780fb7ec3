import { blankLine } from "./blank-line.ts";
import { byteOrderMark } from "./byte-order-mark.ts";
import { duplicateKey } from "./duplicate-key.ts";
import { duplicateRecord } from "./duplicate-record.ts";
import { emptyContent } from "./empty-content.ts";
import { emptyFile } from "./empty-file.ts";
import { invalidContent } from "./invalid-content.ts";
import { invalidJson } from "./invalid-json.ts";
import { invalidMessages } from "./invalid-messages.ts";
import { invalidWeight } from "./invalid-weight.ts";
import { lastMessageNotAssistant } from "./last-message-not-assistant.ts";
import { missingContent } from "./missing-content.ts";
import { missingMessages } from "./missing-messages.ts";
import { noAssistantMessage } from "./no-assistant-message.ts";
import { notAnObject } from "./not-an-object.ts";
import { notUtf8 } from "./not-utf-8.ts";
import type { DatasetRule, RecordRule } from "./rule.ts";
import { tooFewRecords } from "./too-few-records.ts";
import { unknownFormat } from "./unknown-format.ts";
import { unknownRole } from "./unknown-role.ts";
import { utf16 } from "./utf-16.ts";

/** The rules that look at one record. */
export const recordRules: readonly RecordRule[] = [
  invalidJson,
  notAnObject,
  duplicateKey,
  invalidMessages,
  unknownRole,
  missingContent,
  emptyContent,
  invalidContent,
  noAssistantMessage,
  lastMessageNotAssistant,
  invalidWeight,
];

/** The rules that look at the file as a whole. */
export const datasetRules: readonly DatasetRule[] = [
  byteOrderMark,
  utf16,
  notUtf8,
  emptyFile,
  blankLine,
  unknownFormat,
  missingMessages,
  duplicateRecord,
  tooFewRecords,
];
