import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  cpSync,
  mkdtempSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ACTION_KINDS } from '../../src/core/action-kind.ts'
import { ACTION_STATES } from '../../src/core/action.ts'
import { LEDGERED_EVENTS } from '../../src/core/event.ts'
import {
  AWARENESS_CAUSES,
  DECISION_MODES,
  FORMS,
  LANES,
  LEGAL_NATURES,
  OPEN_FORMS,
  OUTCOME_STATUSES,
  TIERS,
  WEIGHTS_GIVEN,
} from '../../src/core/vocabulary.ts'
import { SCHEMAS, type SchemaName } from '../../src/generated/schemas.ts'

type Node = Readonly<Record<string, unknown>>
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null
const names = Object.keys(SCHEMAS) as SchemaName[]

/** Subschemas right below one, with their paths. */
function below(node: Node, path: string): (readonly [string, unknown])[] {
  const named = ['properties', '$defs'].flatMap((key) => Object.entries((node[key] ?? {}) as Node))
  const single = ['items', 'additionalProperties', 'propertyNames'].map(
    (key) => [key, node[key]] as const,
  )
  const branches = ['oneOf', 'anyOf'].flatMap((key) =>
    ((node[key] ?? []) as unknown[]).map((child) => [key, child] as const),
  )
  return [...named, ...single, ...branches].map(([name, child]) => [`${path}/${name}`, child])
}

/** Every subschema with its path. */
function* walk(node: Node, path: string): Generator<readonly [string, Node]> {
  yield [path, node]
  for (const [name, child] of below(node, path)) if (isNode(child)) yield* walk(child, name)
}

const all = names.flatMap((name) => [...walk(SCHEMAS[name], name)])
const types = (node: Node): unknown[] => [node['type']].flat()

describe('every schema', () => {
  test('says what each member is, in both languages', () => {
    const texts = ['title', 'x-title-ja', 'description', 'x-description-ja']
    for (const [path, node] of all) {
      for (const [name, member] of Object.entries((node['properties'] ?? {}) as Node)) {
        if (!isNode(member)) continue
        const reference = member['$ref']
        const root = SCHEMAS[path.split('/')[0] as SchemaName]
        const defined =
          typeof reference === 'string'
            ? ((root['$defs'] as Node)[reference.slice('#/$defs/'.length)] as Node)
            : member
        for (const text of texts) expect(defined[text], `${path}/${name} ${text}`).toMatch(/\S/)
        expect(defined['x-description-ja'], `${path}/${name}`).not.toBe(defined['description'])
      }
    }
  })

  test('bounds every string, list and open object', () => {
    for (const [path, node] of all) {
      const fixed = node['enum'] !== undefined || node['const'] !== undefined
      if (types(node).includes('string') && !fixed)
        expect(node['maxLength'], path).toBeTypeOf('number')
      if (types(node).includes('array')) expect(node['maxItems'], path).toBeTypeOf('number')
      if (types(node).includes('integer') && !fixed)
        expect(node['maximum'], path).toBeTypeOf('number')
      if (node['properties'] !== undefined && types(node).includes('object')) {
        const open = node['additionalProperties'] !== false
        expect(!open || typeof node['maxProperties'] === 'number', path).toBe(true)
        if (open) expect(path).toMatch(/^(notice\/ext|ledger-entry\/pub)$/)
      }
    }
  })

  test('is JSON Schema 2020-12 and refers to nothing remote', () => {
    for (const name of names) {
      expect(SCHEMAS[name]['$schema']).toBe('https://json-schema.org/draft/2020-12/schema')
      for (const match of JSON.stringify(SCHEMAS[name]).matchAll(/"\$ref":"([^"]*)"/g))
        expect(match[1]).toMatch(/^#\/\$defs\/[a-z_]+$/)
    }
  })

  test('has patterns without nested repetition', () => {
    for (const [path, node] of all) {
      const pattern = node['pattern']
      if (typeof pattern !== 'string') continue
      expect(pattern, path).toMatch(/^\^/)
      expect(pattern, path).not.toMatch(/[+*]\)[+*{]/)
    }
  })
})

function enumAt(name: SchemaName, ...path: string[]): unknown {
  let node: unknown = SCHEMAS[name]
  for (const step of path) node = (node as Node)[step]
  return (node as Node)['enum']
}

describe('closed lists of the schemas are those of the code', () => {
  const kinds = Object.keys(ACTION_KINDS)
  test.each([
    ['decision', ['properties', 'actions', 'items', 'properties', 'kind'], kinds],
    ['action', ['properties', 'kind'], kinds],
    ['action', ['properties', 'state'], ACTION_STATES],
    ['decision', ['properties', 'awareness_cause'], AWARENESS_CAUSES],
    ['decision', ['properties', 'weight_given'], WEIGHTS_GIVEN],
    ['outcome', ['$defs', 'outcome', 'properties', 'status'], OUTCOME_STATUSES],
    ['outcome', ['$defs', 'outcome', 'properties', 'nature'], LEGAL_NATURES],
    ['sender', ['properties', 'nature'], LEGAL_NATURES],
    ['sender', ['properties', 'tier'], TIERS],
    ['ledger-entry', ['properties', 'type'], [...LEDGERED_EVENTS, 'sealed']],
    ['ledger-entry', ['properties', 'pub', 'properties', 'lane'], LANES],
    ['ledger-entry', ['properties', 'pub', 'properties', 'form'], FORMS],
    ['ledger-entry', ['properties', 'pub', 'properties', 'mode'], DECISION_MODES],
  ] as const)('%s %#', (name, path, list) => {
    expect(enumAt(name, ...path)).toEqual([...list])
  })

  test('law 22: an outcome names no measure on an account', () => {
    const outward = Object.entries(ACTION_KINDS)
      .filter(([, kind]) => kind.scope === 'item')
      .map(([id]) => id)
    expect(enumAt('outcome', '$defs', 'outcome', 'properties', 'measures', 'items')).toEqual(
      outward,
    )
  })

  test('the forms of a notice are the open ones', () => {
    const branches = SCHEMAS.notice['oneOf'] as readonly { readonly $ref: string }[]
    expect(branches.map((each) => each.$ref.slice('#/$defs/'.length))).toEqual([...OPEN_FORMS])
  })
})

describe('the generator', () => {
  const root = new URL('../..', import.meta.url).pathname
  const check = (folder: string) =>
    spawnSync(process.execPath, ['schemas/generate.mjs', '--check'], {
      cwd: folder,
      encoding: 'utf8',
    })

  test('finds no drift here', () => {
    expect(check(root)).toMatchObject({ status: 0, stderr: '' })
  })

  test('names the files that differ', () => {
    const folder = mkdtempSync(join(tmpdir(), 'mdg-drift-'))
    try {
      cpSync(join(root, 'schemas'), join(folder, 'schemas'), { recursive: true })
      cpSync(join(root, 'src/generated'), join(folder, 'src/generated'), { recursive: true })
      copyFileSync(join(root, 'package.json'), join(folder, 'package.json'))
      symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
      mkdirSync(join(folder, 'src'), { recursive: true })
      const file = join(folder, 'schemas/vocabularies/influence-kinds.json')
      writeFileSync(file, readFileSync(file, 'utf8').replace('Repeated asking', 'Asked again'))
      const result = check(folder)
      expect(result.status).toBe(1)
      expect(result.stderr).toContain('vocabularies.ts')
      expect(result.stderr).not.toContain('types.ts')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
