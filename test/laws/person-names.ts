const ABOUT_A_PERSON =
  /account|poster|author|user|owner|ip(_|$)|address|phone|e?mail|name(_|$)|birth|device|connection|behaviou?r|observed_by|^by$/i

/** Members of that kind, for showing that the rule finds them. */
export const INVITES_ABOUT_PERSONS = [
  'account',
  'poster_name',
  'ip',
  'ip_address',
  'by',
  'email',
  'user_id',
]

/** Names of members that could hold something about a person (law 22). */
export function namesAboutPersons(names: readonly string[]): string[] {
  return names.filter((name) => ABOUT_A_PERSON.test(name))
}
