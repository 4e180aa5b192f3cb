import { posix } from 'node:path'
import ts from 'typescript'

/**
 * The rules of the house, as tables. A new row or edge is a design decision, not a repair.
 * Folders are those of `src/`; a file directly in `src/` counts as a folder of its own name.
 */

/** Which folders each folder may import, besides itself. An adapter never imports another adapter. */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: ['generated', 'errors'],
  errors: ['core: types'],
  generated: [],
  ports: ['core', 'generated'],
  signing: ['core', 'errors', 'ports', 'generated'],
  ledger: ['core', 'errors', 'ports'],
  schema: ['core', 'errors', 'generated'],
  // Texts of letters: reads forms, writes answers; pure.
  letters: ['core', 'generated'],
  app: ['core', 'errors', 'letters', 'ports', 'signing', 'ledger', 'schema', 'generated'],
  reports: ['core', 'errors', 'ports', 'generated'],
  adapters: ['core', 'errors', 'ports', 'schema', 'generated'],
  http: ['app', 'console', 'core', 'errors', 'signing', 'generated'],
  console: ['app', 'core', 'errors', 'generated'],
  config: ['core', 'errors'],
  // What a platform holds in its hand: translates as http and cli do.
  madoguchi: ['app', 'core', 'generated', 'ports', 'sdk'],
  // The parts of it, one each.
  sdk: ['app', 'core', 'generated', 'ports'],
  // The front desk in the words of a platform: `server` with types, defaults and standards.
  'create-madoguchi': ['app', 'config', 'core', 'generated', 'madoguchi', 'ports', 'server'],
  // Which store the settings name, for the composition root and the command line.
  'open-store': ['adapters', 'config', 'ports'],
  // The procedures profile that the settings or the platform's code give.
  'load-procedures': ['config', 'core', 'errors', 'generated', 'schema', 'signing'],
  // The adapters that a setting chooses between.
  'open-bell': ['adapters', 'config', 'ports'],
  // Constructs the servers around the routers.
  listen: ['http', 'madoguchi', 'ports'],
  // The same desk for frameworks other than Express.
  node: ['http', 'madoguchi'],
  web: ['http', 'madoguchi'],
  fastify: ['http', 'madoguchi'],
  // What a platform's own tests need; nothing of the product imports it.
  testing: ['*'],
  cli: ['*'],
  server: ['*'],
  index: ['*'],
}

/** Which packages and `node:` modules each folder may import. No row: none. */
export const MAY_USE: Readonly<Record<string, RegExp>> = {
  signing: /^(node:(crypto|util)|jsonwebtoken)$/,
  ledger: /^node:crypto$/,
  schema: /^(ajv|ajv-formats)(\/|$)/,
  'adapters/sql': /^(kysely|pg)$|^node:/,
  'adapters/memory': /^p-queue$/,
  'adapters/http-client': /^ipaddr\.js$|^node:(http|https|net|tls|dns)(\/|$)/,
  'adapters/system': /^node:(crypto|timers)$/,
  'adapters/pino': /^pino$/,
  'adapters/bullmq': /^(bullmq|ioredis)$/,
  http: /^express$|^node:/,
  console: /^node:/,
  config: /^node:(fs|net|path|crypto)$/,
  cli: /^node:/,
  listen: /^node:/,
  fastify: /^node:http$/,
  testing: /^node:/,
  index: /^express$/,
  'open-bell': /^node:crypto$/,
  server: /^node:/,
}

/** Reaching for the outside world, and the only files that may. */
export const ONLY_IN: Readonly<Record<string, RegExp>> = {
  'process.env': /^config\/env\.ts$/,
  'process.exit': /^$/,
  console: /^cli\/output\.ts$/,
  'Date.now': /^(server\.ts|adapters\/)/,
  'new Date()': /^(server\.ts|adapters\/)/,
  'Date()': /^(server\.ts|adapters\/)/,
  'performance.now': /^(server\.ts|adapters\/)/,
  'Math.random': /^(server\.ts|adapters\/)/,
  // The random half of node:crypto; the generation of keys is the doing of a person.
  random: /^(server\.ts|adapters\/)/,
}

export const MAX_LINES = 250
const RANDOM = /^(randomBytes|randomUUID|randomInt|randomFill|randomFillSync|getRandomValues)$/

/** Everything in one file of `src/` that breaks a rule, as `file: what`. `file` is relative to `src/`. */
export function breaches(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX)
  const found = [
    ...importsOf(source).flatMap((wanted) => judgeImport(file, wanted)),
    ...worldOf(source).filter((what) => !ONLY_IN[what]?.test(file)),
    ...shapeOf(source, file),
  ]
  return [...new Set(found)].map((what) => `${file}: ${what}`)
}

interface Wanted {
  readonly specifier: string
  readonly typeOnly: boolean
}

function importsOf(source: ts.SourceFile): Wanted[] {
  const found: Wanted[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      const clause = node.importClause
      found.push(wanted(node.moduleSpecifier, clause !== undefined && bringsTypesOnly(clause)))
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
      found.push(wanted(node.moduleSpecifier, node.isTypeOnly))
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      found.push(wanted(node.arguments[0], false))
    } else if (ts.isImportTypeNode(node)) {
      found.push(
        wanted(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true),
      )
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function wanted(node: ts.Node | undefined, typeOnly: boolean): Wanted {
  return { specifier: node && ts.isStringLiteralLike(node) ? node.text : '(computed)', typeOnly }
}

function bringsTypesOnly(clause: ts.ImportClause): boolean {
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true
  const names = clause.namedBindings
  return (
    !clause.name &&
    names !== undefined &&
    ts.isNamedImports(names) &&
    names.elements.every((element) => element.isTypeOnly)
  )
}

function judgeImport(file: string, { specifier, typeOnly }: Wanted): string[] {
  const allowed = specifier.startsWith('.')
    ? mayImport(file, posix.join(posix.dirname(file), specifier), typeOnly)
    : !/^(node:)?process$/.test(specifier) && MAY_USE[roomOf(file)]?.test(specifier)
  return allowed ? [] : [`imports ${specifier}`]
}

function mayImport(file: string, target: string, typeOnly: boolean): boolean {
  const [from, to] = [ringOf(file), ringOf(target)]
  if (from === to) return from !== 'adapters' || roomOf(file) === roomOf(target)
  const allowed = MAY_IMPORT[from] ?? []
  if (allowed.includes('*') || allowed.includes(to)) return true
  return typeOnly && allowed.includes(`${to}: types`)
}

/** `app/committer.ts` → `app`, `server.ts` → `server`. */
const ringOf = (file: string): string => file.replace(/(\/.*|\.tsx?)$/, '')
/** The same, but adapters apart: `adapters/sql/sqlite/x.ts` → `adapters/sql`. */
const roomOf = (file: string): string => /^adapters\/[^/]+(?=\/)/.exec(file)?.[0] ?? ringOf(file)

function worldOf(source: ts.SourceFile): string[] {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    const what = ts.isIdentifier(node) ? reachedBy(node) : undefined
    if (what !== undefined) found.push(what)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** What an identifier reaches for: a key of `ONLY_IN`, or `undefined`. */
function reachedBy(node: ts.Identifier): string | undefined {
  if (RANDOM.test(node.text) && !isMethodName(node)) return 'random'
  if (isOwnName(node)) return undefined
  const member = memberOf(node) ?? ''
  switch (node.text) {
    case 'console':
      return 'console'
    case 'process':
      return processReach(member)
    case 'Date':
      return dateReach(node.parent, member)
    case 'Math':
      return member === 'random' ? 'Math.random' : undefined
    case 'performance':
      return member === 'now' ? 'performance.now' : undefined
    default:
      return undefined
  }
}

/** `process` handed on as a whole hands on its environment. */
function processReach(member: string): string | undefined {
  if (member === 'exit') return 'process.exit'
  return member === '' || member === 'env' ? 'process.env' : undefined
}

function dateReach(parent: ts.Node, member: string): string | undefined {
  if (ts.isNewExpression(parent)) return parent.arguments?.length ? undefined : 'new Date()'
  if (ts.isCallExpression(parent)) return 'Date()'
  return member === 'now' ? 'Date.now' : undefined
}

/** A declaration, a member's name or a property key of that name, and so not the global. */
function isOwnName(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent) && parent.name === node)
    return parent.expression.getText() !== 'globalThis'
  if (ts.isTypeReferenceNode(parent) || ts.isQualifiedName(parent)) return true
  return 'name' in parent && parent.name === node && !ts.isShorthandPropertyAssignment(parent)
}

const isMethodName = ({ parent }: ts.Identifier): boolean =>
  ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent)

function memberOf(node: ts.Identifier): string | undefined {
  const whole =
    ts.isPropertyAccessExpression(node.parent) && node.parent.name === node ? node.parent : node
  const { parent } = whole
  if (ts.isPropertyAccessExpression(parent) && parent.expression === whole) return parent.name.text
  const key = ts.isElementAccessExpression(parent) ? parent.argumentExpression : undefined
  return key && ts.isStringLiteralLike(key) ? key.text : undefined
}

function shapeOf(source: ts.SourceFile, file: string): string[] {
  const found: string[] = []
  const lines = linesOfCode(source)
  if (lines > MAX_LINES && !file.startsWith('generated/'))
    found.push(`has ${String(lines)} lines of code`)
  if (!(ringOf(file) in MAY_IMPORT)) found.push('is in a folder without a row')
  if (/\/index\.tsx?$/.test(file)) found.push('is an index inside a folder')
  if (source.statements.some(isDefault)) found.push('has a default export')
  if (source.statements.some(isExportOfAll)) found.push('exports *')
  if (file !== 'index.ts' && isBarrel(source)) found.push('is a barrel')
  return found
}

/** As the linter counts: lines with nothing but blanks or comments are free. */
function linesOfCode(source: ts.SourceFile): number {
  const lines = new Set<number>()
  const lineOf = (position: number): number => source.getLineAndCharacterOfPosition(position).line
  const visit = (node: ts.Node): void => {
    if (ts.isJSDoc(node) || node.kind === ts.SyntaxKind.EndOfFileToken) return
    const children = node.getChildren()
    if (children.length === 0 && node.getWidth() > 0)
      for (let line = lineOf(node.getStart()); line <= lineOf(node.getEnd()); line += 1)
        lines.add(line)
    children.forEach(visit)
  }
  visit(source)
  return lines.size
}

const isExportOfAll = (statement: ts.Statement): boolean =>
  ts.isExportDeclaration(statement) && !statement.exportClause

const isBarrel = ({ statements }: ts.SourceFile): boolean =>
  statements.length > 0 &&
  statements.every((one) => ts.isExportDeclaration(one) && one.moduleSpecifier !== undefined)

function isDefault(statement: ts.Statement): boolean {
  if (ts.isExportAssignment(statement)) return true
  if (ts.isExportDeclaration(statement)) {
    const clause = statement.exportClause
    return clause !== undefined && ts.isNamedExports(clause)
      ? clause.elements.some((element) => element.name.text === 'default')
      : false
  }
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) ?? false
}
