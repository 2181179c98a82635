// Builds what the browser gets into the folder named on the command line, with a manifest of the names.
// There are no styles and no islands yet, so the manifest is empty.
import { mkdirSync, writeFileSync } from "node:fs";

const out = process.argv[2];
mkdirSync(out, { recursive: true });
writeFileSync(`${out}/manifest.json`, "{}\n");
