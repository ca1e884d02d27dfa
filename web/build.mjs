// Bundles the styles and scripts into the folder given, and writes them there as assets_data.cpp too, plain and gzip'd,
// each under a name that holds a hash of its bytes: a browser may keep such a file for ever. script/assets runs this.

import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, transform } from 'esbuild'

const web = dirname(fileURLToPath(import.meta.url))
const nhsuk = join(web, 'node_modules/nhsuk-frontend/dist/nhsuk')
const output = process.argv[2]
if (!output) throw new Error('write the folder to build into')

const types = { css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8', svg: 'image/svg+xml' }
const styles = ['palette', 'frame', 'tables', 'charts', 'figures', 'data', 'compare', 'person', 'reviews', 'supervision', 'lists', 'measures', 'print']

async function script(entry) {
  const result = await build({
    absWorkingDir: web,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2020',
    legalComments: 'none',
    write: false,
    logLevel: 'warning'
  })
  return Buffer.from(result.outputFiles[0].contents)
}

function pictureOf(name) {
  const svg = readFileSync(join(nhsuk, 'assets/images', name), 'utf8')
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`
}

// The typeface of NHS websites is licensed to these only, and would be fetched from another host. Small pictures are
// written into the styles, so that one file is all there is.
function selfContained(css) {
  const stripped = css
    .replace(/url\(\/assets\/images\/([\w-]+\.svg)\)/g, (_, name) => `url("${pictureOf(name)}")`)
    .replace(/@font-face\s*\{[^}]*\}/g, '')
    .replace(/Frutiger W01,\s*arial,\s*sans-serif/gi, 'Arial,Liberation Sans,system-ui,sans-serif')
    .replace(/\/\*# sourceMappingURL=.*?\*\//g, '')
  const left = stripped.match(/@font-face|Frutiger|url\((?!["']?data:).{0,60}/)
  if (left) throw new Error(`the styles of nhsuk-frontend hold what must not be served: ${left[0]}`)
  return stripped
}

async function style() {
  const package_css = readFileSync(join(nhsuk, 'nhsuk-frontend.min.css'), 'utf8')
  const ours = styles.map((name) => readFileSync(join(web, 'styles', `${name}.css`), 'utf8')).join('\n')
  const { code } = await transform(ours, { loader: 'css', minify: true, target: 'es2020' })
  return Buffer.from(selfContained(package_css) + code)
}

// A C++ literal. A hexadecimal escape would swallow the digits after it; an octal one of three digits cannot.
function literal(bytes) {
  let text = ''
  for (let i = 0; i < bytes.length; ++i) {
    const byte = bytes[i]
    const plain = byte >= 32 && byte < 127 && byte !== 34 && byte !== 92 && byte !== 63
    text += plain ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`
    if (i % 100 === 99) text += '"\n    "'
  }
  return `"${text}"`
}

function sourceOf(files) {
  const rows = files.map(({ name, bytes }) => {
    const extension = name.slice(name.lastIndexOf('.') + 1)
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12)
    const zipped = gzipSync(bytes, { level: 9 })
    const hashed = `${name.slice(0, -extension.length - 1)}-${hash}.${extension}`
    return `    {"${name}", "${hashed}", "${types[extension]}",\n    {${literal(bytes)}, ${bytes.length}},\n` +
      `    {${literal(zipped)}, ${zipped.length}}},\n`
  })
  return '// Written by web/build.mjs.\n#include "html/assets.hpp"\n\nnamespace {\nconstexpr optimat::Asset assets[] = {\n' +
    `${rows.join('')}};\n}  // namespace\n\nstd::span<const optimat::Asset> optimat::all_assets() { return assets; }\n`
}

const files = [
  { name: 'site.css', bytes: await style() },
  { name: 'site.js', bytes: await script('scripts/site.ts') },
  { name: 'charts.js', bytes: await script('scripts/charts/index.ts') },
  { name: 'favicon.svg', bytes: readFileSync(join(web, 'favicon.svg')) }
]
mkdirSync(output, { recursive: true })
for (const { name, bytes } of files) writeFileSync(join(output, name), bytes)
writeFileSync(join(output, 'assets_data.cpp'), sourceOf(files))
