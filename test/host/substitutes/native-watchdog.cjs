// Stands in for the native module @vscode/native-watchdog, which ends the extension host when its parent dies; here the process group is ended whole.
exports.start = () => {};
exports.exit = (code) => process.exit(code);
