import { readdirSync, readFileSync } from 'node:fs'
import { sep } from 'node:path'
import ts from 'typescript'
import { parse } from 'yaml'

/** A text that a person may read, and where it stands. */
export interface ReadableText {
  readonly where: string
  readonly text: string
}

const ROOT = new URL('../../', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8')
const filesIn = (folder: string): string[] =>
  readdirSync(new URL(folder, ROOT), { recursive: true, encoding: 'utf8' }).map(
    (file) => `${folder}${file.split(sep).join('/')}`,
  )

/** Literal texts of a source file; of a template its fixed parts. */
export function textsOfSource(where: string, source: string): ReadableText[] {
  const found: ReadableText[] = []
  const file = ts.createSourceFile(where, source, ts.ScriptTarget.Latest, true)
  const walk = (node: ts.Node): void => {
    const isImport = ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
    if (isImport) return
    if (ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node))
      found.push({ where, text: node.text })
    ts.forEachChild(node, walk)
  }
  walk(file)
  return found
}

/** Everything in `src/` that is written out: catalogues, templates, errors, the command line. */
export function textsInSource(): ReadableText[] {
  return filesIn('src/')
    .filter((path) => /\.tsx?$/.test(path) && !/^src\/generated\/(schemas|types)/.test(path))
    .flatMap((path) => textsOfSource(path, read(path)))
}

function textsIn(where: string, value: unknown): ReadableText[] {
  if (typeof value === 'string') return [{ where, text: value }]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value)
    .filter(([name]) => name !== 'pattern' && name !== '$ref' && name !== 'const')
    .flatMap(([name, each]) => textsIn(`${where} ${name}`, each as unknown))
}

/** Schemas and the description of the interface. */
export function textsInContracts(): ReadableText[] {
  const schemas = filesIn('schemas/').filter((path) => /^schemas\/[^/]+\.json$/.test(path))
  return [
    ...schemas.flatMap((path) => textsIn(path, JSON.parse(read(path)))),
    ...textsIn('openapi.yaml', parse(read('openapi.yaml'))),
  ]
}

/** Pages, line by line. */
export function textsInPages(): ReadableText[] {
  const pages = [
    'README.md',
    'README.ja.md',
    ...filesIn('docs/').filter((path) => path.endsWith('.md')),
  ]
  return pages.flatMap((path) =>
    read(path)
      .split('\n')
      .map((text, at) => ({ where: `${path}:${at + 1}`, text })),
  )
}
