// Copies the free fonts that PDF documents embed (Noto Serif SC and Noto Sans SC, Regular and Bold, with their licence)
// from the installed npm packages into guatu/core/official/fonts/. The packages hold nine weights each; only these four
// files are used. Run after `npm ci` in this folder: node fonts.mjs (from any folder).
import { copyFileSync, existsSync, mkdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "..", "guatu", "core", "official", "fonts");
const families = { "noto-serif-sc": "NotoSerifSC", "noto-sans-sc": "NotoSansSC" };

function copy(from, to) {
  if (!existsSync(from)) {
    console.error(`missing ${from}: run "npm ci" in assets/ first`);
    process.exit(1);
  }
  if (!existsSync(to) || statSync(to).size !== statSync(from).size) copyFileSync(from, to);
}

mkdirSync(target, { recursive: true });
for (const [name, file] of Object.entries(families)) {
  const source = join(here, "node_modules", "@expo-google-fonts", name);
  for (const weight of ["400Regular", "700Bold"]) {
    copy(join(source, weight, `${file}_${weight}.ttf`), join(target, `${file}_${weight}.ttf`));
  }
  copy(join(source, "LICENSE_FONT"), join(target, `${file}.LICENSE.txt`));
}
