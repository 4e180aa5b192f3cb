import { readFileSync } from 'node:fs'
import {
  OPEN_FORMS,
  REFERENCE_FORMS,
  type Form,
  type ReferenceForm,
  type Lane,
  type LegalNature,
} from '../core/vocabulary.ts'
import type {
  DecisionGround,
  GeneralRequestNotice,
  NoticeDocument,
  SenderDocument,
  StandardDocument,
} from '../generated/types.ts'

/** A notice on one of the two reference forms. */
export type ReferenceNotice = Extract<NoticeDocument, { readonly form: ReferenceForm }>

/** One of twelve fictional notices, and what the fictional platform made of it. */
export interface NoticeFixture {
  readonly key: string
  readonly no: number
  readonly lane: Lane
  readonly title: { readonly ja: string; readonly en: string }
  readonly sender_id: string
  readonly notice: Readonly<Record<string, unknown>> & { readonly form: Form }
  readonly expected: {
    readonly nature: LegalNature
    readonly mode: string
    readonly observed: 'present' | 'gone' | 'unknown' | null
    readonly ground: DecisionGround | null
    readonly awareness_cause: string
    readonly weight_given: string
    readonly actions: readonly string[]
    readonly decline_reason: string | null
    readonly outcome_status: string | null
  }
}

/** A request about no item in particular, after a public one of 2024. */
export interface GeneralRequestFixture {
  readonly title: { readonly ja: string; readonly en: string }
  readonly sender_id: string
  readonly notice: GeneralRequestNotice
}

interface FixtureFile {
  readonly platform: { readonly name: string; readonly service: string; readonly host: string }
  readonly standard: StandardDocument
  readonly senders: readonly SenderDocument[]
  readonly notices: readonly NoticeFixture[]
  readonly general_request: GeneralRequestFixture
}

const file = JSON.parse(
  readFileSync(new URL('../../examples/fixtures.json', import.meta.url), 'utf8'),
) as FixtureFile

const isOf = (forms: readonly Form[], { notice }: NoticeFixture): boolean =>
  forms.includes(notice.form)

/** Name, service and host. */
export const fixturePlatform = file.platform
/** The published rules of the fictional platform. */
export const fixtureStandard = file.standard
/** Registrations of the fictional senders. */
export const fixtureSenders = file.senders
/** The general request. */
export const generalRequestFixture = file.general_request
/** All twelve. */
export const fixtures: readonly NoticeFixture[] = file.notices
/** The ten notices of the two reference forms. */
export const openFixtures: readonly NoticeFixture[] = file.notices.filter((each) =>
  isOf(REFERENCE_FORMS, each),
)
/** Notices of forms that aren't open yet. */
export const closedFixtures: readonly NoticeFixture[] = file.notices.filter(
  (each) => !isOf(OPEN_FORMS, each),
)

/** A fixture by its key; throws where there is none. */
export function fixture(key: string): NoticeFixture {
  const found = file.notices.find((each) => each.key === key)
  if (found === undefined)
    throw new Error(
      `no such fixture; there are: ${file.notices.map((each) => each.key).join(', ')}`,
    )
  return found
}

/** A fresh copy of an open fixture's wire notice, with members replaced; `undefined` leaves one out. */
export function noticeOf(
  key: string,
  changes: Readonly<Record<string, unknown>> = {},
): ReferenceNotice {
  const members = Object.entries({ ...fixture(key).notice, ...changes })
  const kept = Object.fromEntries(members.filter(([, value]) => value !== undefined))
  return structuredClone(kept) as unknown as ReferenceNotice
}
