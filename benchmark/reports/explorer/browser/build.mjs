// Builds ../assets from src: one script, one style sheet, and the licences of what they contain.
// The script begins with a digest of its sources, by which the tests see that it is up to date.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const sources = ["package.json", "package-lock.json", "tsconfig.json", "build.mjs",
  ...readdirSync("src", { recursive: true }).filter((f) => /\.(ts|css)$/.test(f)).sort().map((f) => `src/${f}`)];
const digest = createHash("sha256");
for (const path of sources) digest.update(`${path}\n`).update(readFileSync(path));
const mark = digest.digest("hex");

const made = await build({
  entryPoints: { explorer: "src/main.ts" },
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2022"],
  charset: "ascii",
  legalComments: "none",
  outdir: "../assets",
  metafile: true,
  logLevel: "warning",
  banner: {
    js: `/* Built from ../browser by npm run build. Sources: ${mark}. Licences: LICENSES.txt. */`,
    css: `/* Built from ../browser by npm run build. Licences: LICENSES.txt. */`,
  },
});

const packages = new Set();
for (const file of Object.keys(made.metafile.inputs)) {
  const found = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file);
  if (found) packages.add(found[1]);
}
const licences = [...packages].sort().map((name) => {
  const about = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf-8"));
  const file = readdirSync(`node_modules/${name}`).find((f) => /^licen[cs]e/i.test(f));
  const text = file ? readFileSync(`node_modules/${name}/${file}`, "utf-8").trim() : `Licence: ${about.license}`;
  return `${name} ${about.version} (${about.license})\n\n${text}\n`;
});
const head = "explorer.js and explorer.css contain these packages.\n\n";
writeFileSync("../assets/LICENSES.txt", head + licences.join(`\n${"-".repeat(80)}\n\n`));
