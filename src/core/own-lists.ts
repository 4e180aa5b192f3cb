import { DAY, startOfDayInJapan } from './time.ts'
import type { Bilingual } from './vocabulary.ts'

/** Two people of the platform put each row on a list of its own; no notice ever does. */
interface Listed {
  readonly listedBy: readonly string[]
}

/** 警察の公式アカウント: its replies are what counts as a police warning. */
export interface PoliceAccount extends Listed {
  readonly account: string
  readonly name: Bilingual
  /** How it was verified. */
  readonly proof: string
  /** `YYYY-MM-DD` in Japan. */
  readonly checkedOn: string
}

/** 信頼できる情報源: what may be given prominence in a situation. */
export interface TrustedSource extends Listed {
  readonly id: string
  readonly name: Bilingual
  readonly why: Bilingual
  readonly from: string
  readonly until: string | null
}

/** After this long without another check an account counts no more. */
export const RECHECK_MS = 183 * DAY

/** The row of an account that counts at that time. */
export function policeAccount(
  accounts: readonly PoliceAccount[],
  account: string,
  at: number,
): PoliceAccount | undefined {
  return accounts.find((row) => row.account === account && isChecked(row, at))
}

/** Whether the last check of a row still holds. */
export function isChecked({ checkedOn }: Pick<PoliceAccount, 'checkedOn'>, at: number): boolean {
  const checkedAt = startOfDayInJapan(checkedOn)
  return checkedAt !== undefined && checkedAt <= at && at - checkedAt < RECHECK_MS
}

/** The sources that are on the list on a day (`YYYY-MM-DD`, Japan). */
export function sourcesOn(sources: readonly TrustedSource[], day: string): TrustedSource[] {
  return sources.filter(({ from, until }) => from <= day && (until === null || day <= until))
}
