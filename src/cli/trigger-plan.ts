import type { Bilingual } from '../core/vocabulary.ts'
import type { Flags } from './flags.ts'
import type { DeskDirectory } from './hotline/desk-directory.ts'
import type { Faults } from './hotline/hotline-client.ts'
import { UsageError } from './usage-error.ts'

/** Elsewhere than on this machine: enough to see that it works, too little to trouble anybody. */
const MOST_ELSEWHERE = { count: 20, perSecond: 1 }
const MOST_HERE = { count: 1_000, perSecond: 50 }
const DEFAULT_PER_SECOND = 10

/** Where to, how many, how fast, what is bent on purpose, and so what has to come back. */
export interface TriggerPlan {
  readonly to: string
  readonly isElsewhere: boolean
  readonly count: number
  readonly waitMs: number
  readonly faults: Faults
  readonly isReplayed: boolean
  readonly isTest: boolean
}

/** Status and code that the desk has to answer with. */
export interface Expected {
  readonly status: number
  readonly code: string | null
}

/** @throws UsageError for what must not be sent, or not together, or not that far or fast. */
export function readPlan(flags: Flags, devDesk: string): TriggerPlan {
  const to = flags.text('to') ?? devDesk
  const isElsewhere = !isHere(to)
  if (isElsewhere) requireConsent(to, flags.text('confirm-host'))
  const most = isElsewhere ? MOST_ELSEWHERE : MOST_HERE
  const perSecond = readRate(flags, most.perSecond)
  const faults = faultsOf(flags)
  const isReplayed = flags.is('replay')
  if (Object.keys(faults).length + Number(isReplayed) > 1)
    throw new UsageError(
      '--tamper、--skew、--replay、--unknown-key、--no-sign は一度に一つだけ指定できます。',
      'Only one of --tamper, --skew, --replay, --unknown-key and --no-sign at a time.',
    )
  return {
    to,
    isElsewhere,
    count: flags.integer('count', 1, most.count, 1),
    waitMs: 1_000 / perSecond,
    faults,
    isReplayed,
    isTest: isElsewhere || flags.is('test'),
  }
}

/** A desk names its own endpoint, and that one may be somewhere else than the desk. */
export function requireSameMachine({ to, isElsewhere }: TriggerPlan, desk: DeskDirectory): void {
  const isSame = isElsewhere
    ? URL.parse(desk.noticesUrl)?.origin === URL.parse(to)?.origin
    : isHere(desk.noticesUrl)
  if (!isSame)
    throw new UsageError(
      'この窓口の受付 URL は、--to とは別の場所を指しています。送信しません。',
      'The endpoint of this desk lies elsewhere than --to. Nothing was sent.',
    )
}

/** What follows from the fault by the rules that the desk publishes. */
export function expectedOf({ faults }: TriggerPlan, { window }: DeskDirectory): Expected {
  const { tamper, skewSeconds = 0 } = faults
  const refused = (code: string): Expected => ({ status: 401, code })
  if (faults.isUnsigned === true) return refused('signature_missing')
  if (faults.hasUnknownKey === true) return refused('signature_rejected')
  if (tamper === 'body') return refused('body_hash_mismatch')
  if (tamper !== undefined) return refused('signature_rejected')
  const isLate = skewSeconds <= -(window.lifeSeconds + window.toleranceSeconds)
  if (skewSeconds > window.leadSeconds || isLate) return refused('time_skew')
  return { status: 202, code: null }
}

/** In a few words, for the line before the answer. */
export function expectation({ status, code }: Expected, isReplay: boolean): Bilingual {
  if (code !== null) return { ja: `${status} 受付不可 ${code}`, en: `${status} refused ${code}` }
  return isReplay
    ? { ja: `${status} 受付（同じ受領証）`, en: `${status} accepted (the same receipt)` }
    : { ja: `${status} 受付`, en: `${status} accepted` }
}

function isHere(url: string): boolean {
  const host = URL.parse(url)?.hostname ?? ''
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host)
}

/** Whoever sends fictional notices to a real desk has to mean it, and say to whom. */
function requireConsent(to: string, confirmed: string | undefined): void {
  const url = URL.parse(to)
  if (url?.protocol === 'https:' && confirmed === url.host) return
  throw new UsageError(
    'この端末以外の窓口には、https の URL と、そのホスト名を繰り返した --confirm-host HOST が必要です（通知は試験用として送ります）。',
    'A desk elsewhere than on this machine takes an https URL, and --confirm-host HOST that repeats its host. Notices are marked as tests.',
  )
}

function readRate(flags: Flags, most: number): number {
  const text = flags.text('rate')
  if (text === undefined) return Math.min(most, DEFAULT_PER_SECOND)
  const perSecond = Number(/^(\d{1,3})(?:\/s)?$/.exec(text)?.[1] ?? Number.NaN)
  if (perSecond >= 1 && perSecond <= most) return perSecond
  throw new UsageError(
    `--rate は1秒当たりの件数で、1 から ${most} までです（例: 5/s）。`,
    `--rate is notices per second, from 1 to ${most} (for example 5/s).`,
  )
}

function faultsOf(flags: Flags): Faults {
  const tamper = flags.optionalOneOf('tamper', ['body', 'signature', 'claims'])
  const skewSeconds = flags.integer('skew', -1_000_000, 1_000_000, 0)
  return {
    ...(tamper === undefined ? {} : { tamper }),
    ...(skewSeconds === 0 ? {} : { skewSeconds }),
    ...(flags.is('unknown-key') ? { hasUnknownKey: true } : {}),
    ...(flags.is('no-sign') ? { isUnsigned: true } : {}),
  }
}
