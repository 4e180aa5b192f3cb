/**
 * Writes src/generated/ from schemas/: types.ts (types of the wire), schemas.ts (the schemas as data, so
 * that the package needs no file at run time) and vocabularies.ts (the dated lists as typed rows).
 *
 *   node schemas/generate.mjs          writes the files
 *   node schemas/generate.mjs --check  compares only; exits 1 and names the files that differ
 */
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { compile } from 'json-schema-to-typescript'
import { format } from 'prettier'

const SCHEMAS = new URL('./', import.meta.url)
const VOCABULARIES = new URL('./vocabularies/', import.meta.url)
const GENERATED = new URL('../src/generated/', import.meta.url)
const BANNER = '// Generated from schemas/ by schemas/generate.mjs, do not edit.\n\n'
const PRETTIER = { parser: 'typescript', semi: false, singleQuote: true, printWidth: 100 }

/** Which interface below the rows of a list have; other lists have plain rows. */
const ROW_TYPES = {
  'illegal-categories': 'CategoryRow',
  'public-order-categories': 'CategoryRow',
  'action-kinds': 'ActionKindVocabularyRow',
  grounds: 'GroundRow',
  'decline-reasons': 'DeclineReasonRow',
  'outcome-statuses': 'OutcomeStatusRow',
  'sender-types': 'SenderTypeRow',
  natures: 'NatureRow',
  'fixed-sentences': 'FixedSentenceRow',
}

const ROW_INTERFACES = `
/** One row of a dated list. Days are \`YYYY-MM-DD\` in Japan, both inclusive; \`null\`: without bound. */
export interface VocabularyRow {
  readonly id: string
  readonly valid_from: string | null
  readonly valid_to: string | null
  readonly label_ja: string
  readonly label_en: string
  readonly source: string
  /** Whether the source itself was read. Only then may a provision stand in the row. */
  readonly verified: boolean
}

/** An element of a category as its source prints it; \`elided\` where the source leaves text out. */
export interface Criterion {
  readonly mark: string
  readonly text_ja: string
  readonly text_en: string
  readonly elided?: boolean
  readonly combine?: 'all' | 'any'
  readonly items?: readonly Criterion[]
}

/** A checklist for the reviewer: blocks nothing, is no score. */
export interface Criteria {
  readonly lead_ja: string
  readonly lead_en: string
  readonly combine: 'all' | 'any'
  readonly elided: boolean
  readonly source: string
  readonly items: readonly Criterion[]
}

export interface CategoryRow extends VocabularyRow {
  readonly law: string | null
  readonly criteria: Criteria | null
  /** Id of the class that the category belongs to. */
  readonly parent: string | null
  readonly no_view: boolean
  readonly default_grave: boolean
  readonly default_band0: boolean
}

export interface ActionKindVocabularyRow extends VocabularyRow {
  readonly scope: 'item' | 'account' | 'service'
  readonly visibility: 'none' | 'partial' | 'full'
  readonly transmission_prevention: boolean
  readonly reversible: boolean
}

export interface GroundRow extends VocabularyRow {
  /** Forms on which the ground may be used. */
  readonly forms: readonly string[]
  /** The ground claims that something is unlawful. */
  readonly illegality: boolean
}

export interface DeclineReasonRow extends VocabularyRow {
  readonly sentence_ja: string
  readonly sentence_en: string
  /** Where false, the reason stays inside and goes out as \`unspecified\`. */
  readonly outward: boolean
}

export interface OutcomeStatusRow extends VocabularyRow {
  /** May stand in an answer to a sender. */
  readonly outcome: boolean
}

export interface SenderTypeRow extends VocabularyRow {
  readonly default_nature: string
  readonly default_awareness_cause: string
}

export interface NatureRow extends VocabularyRow {
  readonly desk_ja: string
  readonly desk_en: string
  readonly answer_ja: string | null
  readonly answer_en: string | null
}

export interface FixedSentenceRow extends VocabularyRow {
  readonly text_ja: string
  readonly text_en: string
}
`

async function readJsonFiles(folder, suffix) {
  const names = (await readdir(folder)).filter((name) => name.endsWith(suffix)).sort()
  const read = async (name) => [
    name.slice(0, -suffix.length),
    JSON.parse(await readFile(new URL(name, folder), 'utf8')),
  ]
  return Promise.all(names.map(read))
}

/**
 * The schema as json-schema-to-typescript needs it: objects keep their own type, plain values are
 * written out in place, and what only validates (titles, bounds, alternatives of presence) is left out.
 */
function forTypes(root) {
  const visit = (node) => {
    if (Array.isArray(node)) return node.map(visit)
    if (node === null || typeof node !== 'object') return node
    const target = node.$ref && root.$defs[node.$ref.slice('#/$defs/'.length)]
    if (target && !target['x-type-name']) return visit(target)
    const result = {}
    for (const [key, value] of Object.entries(node)) {
      if (DROPPED.has(key) || key.startsWith('x-')) continue
      if (key === 'properties' || key === '$defs') {
        result[key] = Object.fromEntries(
          Object.entries(value)
            .filter(([, child]) => key === 'properties' || child['x-type-name'])
            .map(([name, child]) => [name, visit(child)]),
        )
      } else result[key] = visit(value)
    }
    if (node.properties && node.anyOf) delete result.anyOf
    if (node.properties && typeof node.additionalProperties === 'object')
      result.additionalProperties = true
    if (node['x-type-name']) result.title = node['x-type-name']
    return result
  }
  return visit(root)
}
const DROPPED = new Set(['$schema', '$id', 'title', 'discriminator', 'propertyNames'])

/** Comment lines of json-schema-to-typescript that say nothing. */
const NOISE = [
  /^ *\* (?:This interface was referenced by|via the `definition`|@m(?:in|ax)Items).*\n/gm,
  /^ *\*\n(?= *\*\/)/gm,
]

async function types(schemas) {
  const parts = []
  for (const [, schema] of schemas) {
    parts.push(
      await compile(forTypes(schema), schema['x-type-name'], {
        additionalProperties: false,
        bannerComment: '',
        format: false,
        ignoreMinAndMaxItems: true,
        unreachableDefinitions: true,
        style: PRETTIER,
      }),
    )
  }
  return NOISE.reduce((text, noise) => text.replace(noise, ''), parts.join('\n'))
}

function schemaData(schemas) {
  const names = schemas.map(([name]) => `'${name}'`).join(' | ')
  const data = JSON.stringify(Object.fromEntries(schemas), null, 2)
  return `export type SchemaName = ${names}

/** JSON Schema 2020-12 documents by file name. */
export const SCHEMAS: Readonly<Record<SchemaName, Readonly<Record<string, unknown>>>> = ${data}\n`
}

function vocabularyData(vocabularies) {
  const constant = (name) => name.toUpperCase().replaceAll('-', '_')
  const lists = vocabularies.map(([name, list]) => {
    const type = ROW_TYPES[name] ?? 'VocabularyRow'
    return `/** ${list.title_en}. ${list.description_en} */
export const ${constant(name)}: readonly ${type}[] = ${JSON.stringify(list.rows, null, 2)}\n`
  })
  const entries = vocabularies.map(([name]) => `'${name}': ${constant(name)}`).join(',\n')
  return `${ROW_INTERFACES}\n${lists.join('\n')}
/** Every list by its name. */
export const VOCABULARIES = {\n${entries}\n} as const satisfies Record<string, readonly VocabularyRow[]>

export type VocabularyName = keyof typeof VOCABULARIES\n`
}

async function generate() {
  const schemas = await readJsonFiles(SCHEMAS, '.schema.json')
  const vocabularies = await readJsonFiles(VOCABULARIES, '.json')
  const files = {
    'types.ts': await types(schemas),
    'schemas.ts': schemaData(schemas),
    'vocabularies.ts': vocabularyData(vocabularies),
  }
  const formatted = Object.entries(files).map(async ([name, body]) => [
    name,
    await format(BANNER + body, PRETTIER),
  ])
  return Promise.all(formatted)
}

async function main() {
  const check = process.argv.includes('--check')
  const differing = []
  await mkdir(GENERATED, { recursive: true })
  for (const [name, body] of await generate()) {
    const file = new URL(name, GENERATED)
    const present = await readFile(file, 'utf8').catch(() => undefined)
    if (present === body) continue
    if (check) differing.push(name)
    else {
      await writeFile(file, body)
      process.stdout.write(`wrote ${fileURLToPath(file)}\n`)
    }
  }
  for (const name of differing)
    process.stderr.write(`src/generated/${name} differs: npm run generate\n`)
  if (differing.length > 0) process.exitCode = 1
}

await main()
