// Stands in for the native module @vscode/spdlog: writes VS Code's logs, without which no output channel reaches its file.
const { appendFileSync, mkdirSync } = require("node:fs");
const { dirname } = require("node:path");

const levels = ["trace", "debug", "info", "warning", "error", "critical"];

class Logger {
  #file;
  #level = 2;
  #formatted = true;

  constructor(file) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
  }

  #write(level, message) {
    if (level < this.#level) return;
    const stamp = new Date().toISOString().replace("T", " ").replace("Z", "");
    appendFileSync(this.#file, this.#formatted ? `${stamp} [${levels[level]}] ${message}\n` : message);
  }

  trace(message) { this.#write(0, message); }
  debug(message) { this.#write(1, message); }
  info(message) { this.#write(2, message); }
  warn(message) { this.#write(3, message); }
  error(message) { this.#write(4, message); }
  critical(message) { this.#write(5, message); }
  getLevel() { return this.#level; }
  setLevel(level) { this.#level = level; }
  setPattern() { this.#formatted = true; }
  clearFormatters() { this.#formatted = false; }
  flush() {}
  drop() {}
}

// Assigned one by one, because an object literal would hide the names from `import()`.
exports.version = 1;
exports.Logger = Logger;
exports.createRotatingLogger = async (_name, file) => new Logger(file);
exports.createAsyncRotatingLogger = async (_name, file) => new Logger(file);
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.shutdown = () => {};
