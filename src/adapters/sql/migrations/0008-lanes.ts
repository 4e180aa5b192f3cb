import type { SqlDdl } from '../migrations.ts'

/** Natures that people assess. */
export function addLanes({ int }: SqlDdl): readonly string[] {
  return [`alter table notice add column nature_assessed_at ${int}`]
}
