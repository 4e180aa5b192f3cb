/** Columns that a notice has by its signature alone. */
const SIGNATURE_COLUMNS = ['token', 'kid', 'profile', 'receipt']

/** Notices that nobody signed, and outcomes that a person mails. */
export function addLetters(): readonly string[] {
  return [
    ...SIGNATURE_COLUMNS.flatMap((column) => makeNullable('notice', column)),
    'alter table notice add column letter text',
    'alter table delivery add column handed text',
  ]
}

/** In words that every SQL store has; what other steps added to the table stays as it is. */
function makeNullable(table: string, column: string): readonly string[] {
  return [
    `alter table ${table} add column nullable_${column} text`,
    `update ${table} set nullable_${column} = ${column}`,
    `alter table ${table} drop column ${column}`,
    `alter table ${table} rename column nullable_${column} to ${column}`,
  ]
}
