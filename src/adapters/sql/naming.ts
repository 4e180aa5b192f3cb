import type { TableName } from '../../ports/record-tables.ts'

/** `senderNoticeId` → `sender_notice_id`, `bodySha256` → `body_sha256`. */
export function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** Name of a table in SQL. `CASE` is a reserved word, so that table is `case_record`. */
export function sqlTable(table: TableName): string {
  return table === 'case' ? 'case_record' : snakeCase(table)
}
