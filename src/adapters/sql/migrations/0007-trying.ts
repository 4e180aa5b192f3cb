/** What is on trial: `test`, `observe`, or nothing. */
export function addTrials(): readonly string[] {
  return ['notice', 'case_record', 'decision'].map(
    (table) => `alter table ${table} add column trial text`,
  )
}
