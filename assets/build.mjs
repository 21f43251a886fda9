// Bundles the sources into guatu/core/static/guatu/dist. No bundle may name an outside address: pages work without a network
// and under a policy that allows nothing from elsewhere, so a name that slips in fails the build.
import { build } from "esbuild";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "guatu", "core", "static", "guatu", "dist");
// What office computers and the browsers inside WeChat still run.
const cssTarget = ["chrome87", "edge88", "firefox78", "safari14"];
const jsTarget = "es2020";
const ADDRESS = /\bhttps?:\/\/(?!www\.w3\.org\b)([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)/g;

// "auto" follows the device: the night block, once more, under its media query.
const nightTwice = {
  name: "night-twice",
  setup(plugin) {
    plugin.onLoad({ filter: /tokens\.css$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const night = text.match(/\[data-theme="night"\] \{([^}]*)\}/);
      if (!night) throw new Error("tokens.css: no night block");
      return { contents: `${text}\n@media screen and (prefers-color-scheme: dark) { [data-theme="auto"] {${night[1]}} }\n`, loader: "css" };
    });
  },
};

// Libraries carry links to their manuals in warnings; the words stay, the links go.
const withoutLinks = {
  name: "without-links",
  setup(plugin) {
    plugin.onLoad({ filter: /node_modules.*\.m?js$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      return { contents: text.replace(/https?:\/\/(?!www\.w3\.org\b)[A-Za-z0-9.-]+\.[a-z]{2,}[^\s"'`<>)\\]*/g, ""), loader: "js" };
    });
  },
};

async function checkAddresses() {
  const found = [];
  for (const name of await readdir(out)) {
    if (!/\.(js|css)$/.test(name)) continue;
    const text = await readFile(join(out, name), "utf8");
    for (const match of text.matchAll(ADDRESS)) found.push(`${name}: ${match[1]}`);
    if (name.endsWith(".css") && /url\(\s*["']?(?:https?:)?\/\//.test(text)) found.push(`${name}: url(//…)`);
  }
  if (found.length) throw new Error(`outside addresses in the bundles:\n${found.join("\n")}`);
}

// The licences of what went into the bundles, and of nothing else that happens to be installed.
async function notices(results) {
  const inputs = results.flatMap((result) => Object.keys(result.metafile.inputs));
  const names = new Set(inputs.map((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1]).filter(Boolean));
  const parts = [];
  for (const name of [...names].sort()) {
    const folder = join(here, "node_modules", name);
    const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const files = (await readdir(folder, { withFileTypes: true })).filter((file) => file.isFile() && /^(licen[cs]e|notice)/i.test(file.name));
    const texts = await Promise.all(files.map((file) => readFile(join(folder, file.name), "utf8")));
    parts.push(`${name} ${version} (${license})\n\n${texts.join("\n")}`);
  }
  await writeFile(join(out, "NOTICES.txt"), parts.join("\n----\n\n"));
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
const common = { bundle: true, minify: true, legalComments: "none", logLevel: "warning", charset: "utf8", metafile: true };
const results = await Promise.all([
  build({ ...common, entryPoints: [join(here, "src/css/main.css")], outfile: join(out, "guatu.css"), target: cssTarget, plugins: [nightTwice] }),
  build({ ...common, entryPoints: [join(here, "src/js/main.js")], outfile: join(out, "main.js"), format: "iife", target: jsTarget, plugins: [withoutLinks] }),
  build({ ...common, entryPoints: [join(here, "src/css/phone.css")], outfile: join(out, "phone.css"), target: cssTarget, plugins: [nightTwice] }),
  build({ ...common, entryPoints: [join(here, "src/js/phone/main.js")], outfile: join(out, "phone.js"), format: "iife", target: jsTarget }),
  build({ ...common, entryPoints: [join(here, "src/js/phone/sw.js")], outfile: join(out, "phone_sw.js"), format: "iife", target: jsTarget }),
  build({ ...common, entryPoints: [join(here, "src/js/wallchart.js")], outfile: join(out, "wallchart.js"), format: "iife", target: jsTarget }),
  build({ ...common, entryPoints: [join(here, "src/js/sheet.js")], outfile: join(out, "sheet.js"), format: "iife", target: jsTarget }),
  build({ ...common, entryPoints: [join(here, "src/js/charts.js")], outfile: join(out, "charts.js"), format: "iife", target: jsTarget, plugins: [withoutLinks] }),
]);
await checkAddresses();
await notices(results);
