import type { Env } from './env.ts'
import { SecretText } from './secret-text.ts'

/** Where the record is, as far as it may be shown. A path is relative to the working directory. */
export type StoreLocation =
  | { readonly kind: 'sqlite'; readonly path: string }
  | { readonly kind: 'postgres'; readonly host: string; readonly database: string }

/** Notes in `env.faults` what is wrong. A store in memory is no store: what is accepted must be durable. */
export function readStoreLocation(env: Env): StoreLocation {
  const location = env.read('MADOGUCHI_STORE', 'bad_store', locate)
  return Object.freeze(location ?? { kind: 'sqlite', path: '' })
}

/** The URL of a PostgreSQL database, which may hold a password. */
export function readStoreUrl(env: Env): SecretText | null {
  const text = env.text('MADOGUCHI_STORE')?.trim() ?? ''
  return locate(text)?.kind === 'postgres' ? new SecretText(text) : null
}

/** What `MADOGUCHI_STORE` and `db move --to` name; `undefined` where it is neither. */
export function locate(given: string): StoreLocation | undefined {
  const text = given.trim()
  const [, path = ''] = /^sqlite:(.+)$/.exec(text) ?? []
  if (path !== '') return path.includes(':memory:') ? undefined : { kind: 'sqlite', path }
  if (!/^postgres(ql)?:\/\//.test(text) || !URL.canParse(text)) return undefined
  const { host, pathname } = new URL(text)
  const database = decoded(pathname.slice(1))
  return database ? { kind: 'postgres', host, database } : undefined
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
