// Builds what the browser gets into the folder named on the command line: one style sheet, one script, the mark, each named by its
// content and with compressed forms beside it; manifest.json says which is which. Also joins the parts of the API's description.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { compile } from "sass";

const out = process.argv[2];
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const manifest = {};

function put(name, content) {
  const bytes = Buffer.from(content);
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 8);
  const ending = extname(name);
  const path = `${name.slice(0, -ending.length)}-${hash}${ending}`;
  writeFileSync(join(out, path), bytes);
  writeFileSync(join(out, `${path}.br`), brotliCompressSync(bytes));
  writeFileSync(join(out, `${path}.gz`), gzipSync(bytes, { level: 9 }));
  manifest[name] = path;
}

put("site.css", compile("web/styles/site.scss", { style: "compressed", loadPaths: ["node_modules"], quietDeps: true, silenceDeprecations: ["import"] }).css);
const script = await build({ entryPoints: ["web/islands/site.ts"], bundle: true, minify: true, format: "esm", target: "es2020", write: false });
put("site.js", script.outputFiles[0].contents);
// The table editor is large, so it is a file of its own for the one page that needs it; its letters for signs likewise.
const font = "dmn.woff2";
put(font, readFileSync("node_modules/dmn-js/dist/assets/dmn-font/font/dmn.woff2"));
const tables = await build({
  entryPoints: ["web/islands/tables.ts"], bundle: true, minify: true, format: "esm", target: "es2021", write: false, outdir: out,
  alias: { "style-mod": "./web/islands/adopted_styles.ts" }, loader: { ".woff2": "dataurl", ".woff": "empty", ".ttf": "empty", ".eot": "empty", ".svg": "empty" },
});
for (const file of tables.outputFiles.filter((one) => /\.(js|css)$/.test(one.path))) {
  const ending = extname(file.path);
  const text = file.text.replace(/url\("?data:font\/woff2[^)]*\)/g, `url("/assets/${manifest[font]}")`);
  put(`tables${ending}`, ending === ".js" ? file.text : text.replace(/url\(\) format\("[^"]*"\),?/g, "").replace(/,(?=[;}])/g, "").replace(/src:url\(\);/g, ""));
}
put("mark.svg", readFileSync("web/images/mark.svg"));
writeFileSync(join(out, "manifest.json"), JSON.stringify(manifest, null, 1));

const api = JSON.parse(readFileSync("web/openapi/base.json", "utf8"));
api.paths = {};
api.components ??= {};
for (const file of readdirSync("web/openapi").sort()) {
  if (file === "base.json" || !file.endsWith(".json")) continue;
  const part = JSON.parse(readFileSync(join("web/openapi", file), "utf8"));
  Object.assign(api.paths, part.paths);
  for (const [kind, members] of Object.entries(part.components ?? {})) api.components[kind] = { ...api.components[kind], ...members };
}
writeFileSync(join(out, "openapi.json"), JSON.stringify(api));
