// Bundles styles and scripts into src/sluitend/static/sluitend/dist/. With --watch it goes on.
import { copyFileSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const resolve = createRequire(import.meta.url).resolve;
const read = (path) => readFileSync(path, "utf8");
const styled = ["utrecht.css", "sluitend.css", "nlds.css", "extra.css"].map((name) => join(here, name));

function withImports(path) {
  const text = read(path);
  const imported = [...text.matchAll(/@import "(?!sluitend:)([^"]+)"/g)].map(([, name]) => read(resolve(name)));
  return [text, ...imported].join("\n");
}

const references = (text) => [...text.matchAll(/var\(\s*(--[\w-]+)/g)].map(([, name]) => name);

// The example theme names thousands of properties for components that we do not have. Kept are those
// that our styles ask for, and those that these ask for in turn.
function pruned(theme) {
  const values = new Map([...theme.matchAll(/^\s*(--[\w-]+):\s*([^;]+);/gm)].map(([, name, value]) => [name, value]));
  const kept = new Set();
  const queue = styled.flatMap((path) => references(withImports(path)));
  while (queue.length) {
    const name = queue.pop();
    if (!values.has(name) || kept.has(name)) continue;
    kept.add(name);
    queue.push(...references(values.get(name)));
  }
  const lines = [...kept].sort().map((name) => `  ${name}: ${values.get(name)};`);
  return `.voorbeeld-theme {\n${lines.join("\n")}\n}\n`;
}

const prunedTheme = {
  name: "pruned-theme",
  setup(build) {
    build.onLoad({ filter: /voorbeeld-design-tokens.*theme\.css$/ }, ({ path }) => ({
      contents: pruned(read(path)),
      loader: "css",
    }));
  },
};

// Pieces of the common styles, for pages that must weigh little: "tokens" are those that such a page asks for; "public"
// is the public shell and the few components that stand there alone.
const OWN_COMPONENTS = /^a?\.sl-(call|show|point|chips?)(?![a-z])/;

function asked(tokens, texts) {
  const values = [...tokens.matchAll(/(--[\w-]+):\s*([^;]+);/g)];
  const kept = new Set();
  const queue = texts.flatMap(references);
  while (queue.length) {
    const name = queue.pop();
    if (kept.has(name)) continue;
    kept.add(name);
    queue.push(...values.filter(([, each]) => each === name).flatMap(([, , value]) => references(value)));
  }
  return tokens.replace(/\s*(--[\w-]+):\s*[^;]+;/g, (whole, name) => (kept.has(name) ? whole : ""));
}

function piece(name) {
  const [, tokens, ground, , shell, components] = read(join(here, "sluitend.css")).split(/^\/\* \d\. .*$/m);
  const lines = (text, keep) => text.split("\n").filter(keep).join("\n");
  const open = shell + lines(components, (line) => OWN_COMPONENTS.test(line) && !line.includes("input"));
  if (name === "tokens") return asked(tokens, [ground, open, withImports(join(here, "help.css"))]);
  return name === "ground" ? ground : open;
}

const pieces = {
  name: "pieces",
  setup(build) {
    build.onResolve({ filter: /^sluitend:/ }, ({ path }) => ({ path, namespace: "pieces" }));
    build.onLoad({ filter: /.*/, namespace: "pieces" }, ({ path }) => ({ contents: piece(path.slice(9)), loader: "css" }));
  },
};

const options = {
  entryPoints: ["desk.css", "public.css", "help.css", "desk.js", "public.js", "help.js"].map((name) => join(here, name)),
  outdir: join(here, "../src/sluitend/static/sluitend/dist"),
  bundle: true,
  minify: true,
  legalComments: "none",
  target: ["chrome109", "firefox115", "safari16"],
  loader: { ".woff2": "file" },
  assetNames: "[name]",
  plugins: [prunedTheme, pieces],
  logLevel: "info",
};

if (process.argv.includes("--watch")) {
  await (await esbuild.context(options)).watch();
} else {
  await esbuild.build(options);
}

// For Arabic and Persian on paper: what typst brings along for them is set like a typewriter.
for (const face of ["400Regular/NotoNaskhArabic_400Regular.ttf", "700Bold/NotoNaskhArabic_700Bold.ttf"]) {
  const source = resolve(`@expo-google-fonts/noto-naskh-arabic/${face}`);
  copyFileSync(source, join(options.outdir, basename(source)));
}
