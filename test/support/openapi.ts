import { readdirSync, readFileSync } from 'node:fs'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import ajvFormats from 'ajv-formats'
import type { Response } from 'supertest'
import { expect } from 'vitest'
import { parse } from 'yaml'

interface MediaType {
  readonly schema: object
}
interface Header {
  readonly required?: boolean
  readonly schema: object
}
interface DocumentedResponse {
  readonly $ref?: string
  readonly content?: Readonly<Record<string, MediaType>>
  readonly headers?: Readonly<Record<string, Header>>
}
interface Operation {
  readonly operationId: string
  readonly security?: readonly Readonly<Record<string, unknown>>[]
  readonly responses: Readonly<Record<string, DocumentedResponse>>
}
export type Answer = Pick<Response, 'status' | 'headers' | 'text'>
export type Method = 'get' | 'post' | 'patch'
interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Partial<Record<Method, Operation>>>>>
  readonly components: { readonly responses: Readonly<Record<string, DocumentedResponse>> }
}

const ROOT = new URL('../../', import.meta.url)
const BASE = 'https://openapi.test/'

const document = parse(readFileSync(new URL('openapi.yaml', ROOT), 'utf8')) as OpenApi

/** Every operation of openapi.yaml. */
export const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  (['get', 'post', 'patch'] as const).flatMap((method) => {
    const operation = item[method]
    return operation === undefined ? [] : [{ path, method, operation }]
  }),
)

const ajv = new Ajv2020({ strict: false, allErrors: true })
ajvFormats.default(ajv, ['date', 'date-time'])
for (const name of readdirSync(new URL('schemas/', ROOT)).filter((each) =>
  each.endsWith('.json'),
)) {
  const text = readFileSync(new URL(`schemas/${name}`, ROOT), 'utf8')
  const schema = { ...(JSON.parse(text) as object), $id: `${BASE}schemas/${name}` }
  ajv.addSchema(schema)
}
ajv.addSchema({ ...document, $id: `${BASE}openapi.yaml` })

const escape = (segment: string): string => segment.replaceAll('~', '~0').replaceAll('/', '~1')
const compiled = new Map<string, ValidateFunction>()

function validatorAt(...pointer: readonly string[]): ValidateFunction {
  const $ref = `${BASE}openapi.yaml#/${pointer.map((each) => encodeURIComponent(escape(each))).join('/')}`
  const known = compiled.get($ref) ?? ajv.compile({ $ref })
  compiled.set($ref, known)
  return known
}

/** Where a response is documented: by its status, else by its class. */
function documented(
  operation: Operation,
  status: number,
): { readonly response: DocumentedResponse; readonly within: readonly string[] } | undefined {
  const key = [String(status), `${String(status).charAt(0)}XX`].find(
    (each) => each in operation.responses,
  )
  if (key === undefined) return undefined
  const response = operation.responses[key]!
  const name = response.$ref?.replace('#/components/responses/', '')
  if (name === undefined) return { response, within: ['responses', key] }
  return {
    response: document.components.responses[name]!,
    within: ['components', 'responses', name],
  }
}

/**
 * Fails unless openapi.yaml documents an answer: path, method, status, content type, headers and every
 * member of its body.
 */
export function expectMatchesOpenapi(response: Answer, method: Method, path: string): void {
  const operation = document.paths[path]?.[method]
  if (operation === undefined) throw new Error(`openapi.yaml has no ${method} ${path}`)
  const found = documented(operation, response.status)
  if (found === undefined) throw new Error(`${method} ${path} documents no ${response.status}`)
  const type = (response.headers['content-type'] ?? '').split(';', 1)[0]!
  const media = found.response.content?.[type]
  if (media === undefined)
    throw new Error(`${method} ${path} ${response.status} documents no ${type}`)
  const within =
    found.within[0] === 'components' ? found.within : ['paths', path, method, ...found.within]
  expectHeaders(response, found.response, within)
  if (type.endsWith('json')) {
    const body: unknown = JSON.parse(response.text)
    expectValid(validatorAt(...within, 'content', type, 'schema'), body)
  }
}

function expectHeaders(
  response: Answer,
  { headers = {} }: DocumentedResponse,
  within: readonly string[],
): void {
  for (const [name, header] of Object.entries(headers)) {
    const value: unknown = response.headers[name.toLowerCase()]
    if (value === undefined) expect(header.required ?? false, `${name} is required`).toBe(false)
    else expectValid(validatorAt(...within, 'headers', name, 'schema'), value)
  }
}

function expectValid(validate: ValidateFunction, value: unknown): void {
  const isValid = validate(value)
  expect(isValid ? [] : validate.errors).toEqual([])
}
