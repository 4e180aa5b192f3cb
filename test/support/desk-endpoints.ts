import type { Permission } from '../../src/core/permissions.ts'
import { ledgerEndpoints } from '../../src/http/ledger-endpoints.ts'
import { operatorEndpoints } from '../../src/http/operator-router.ts'
import type { Desk } from './desk.ts'
import { MOUNT, STAFF } from './http.ts'

/** One operation that only some roles may call. */
export interface GuardedOperation {
  readonly method: 'get' | 'post' | 'patch'
  /** As openapi.yaml writes it. */
  readonly path: string
  readonly permission: Permission
  /** Where its router stands in the tests. */
  readonly mount: string
}

/** Every operation of the routers that needs an operator's token. */
export function guardedOperations({ madoguchi }: Desk): readonly GuardedOperation[] {
  const { ctx } = madoguchi.internals
  const staff = operatorEndpoints(ctx).map(({ method, path, permission }) => ({
    method,
    path: path.replaceAll(/:(\w+)/g, '{$1}'),
    permission,
    mount: STAFF,
  }))
  if (!ledgerEndpoints(ctx).some(({ operation }) => operation === 'readTile'))
    throw new Error('where are the entry bundles?')
  // Of the public routes one opens to auditors only, by what is asked of it.
  const entries = {
    method: 'get',
    path: '/v1/ledger/tile/entries/{n}',
    permission: 'ledger.read_entries',
    mount: MOUNT,
  } as const
  return [...staff, entries]
}
