import fc from 'fast-check'
import { TIERS, type Tier } from '../../src/core/vocabulary.ts'
import { HOTLINE } from '../support/desk.ts'
import type { StoreFault } from '../support/faulty-store.ts'
import { PEOPLE } from './desk-under-test.ts'

export const SENDERS = [HOTLINE, 'https://hotline2.example/'] as const
/** An ordinary category of form 1, a grave one of form 2, and an ordinary one of form 2. */
export const KINDS = [
  'yamibaito_recruitment',
  'handgun_sale',
  'suspected_drug_ad_declined',
] as const
const FAULTS = [
  'before_commit',
  'unknown_stored',
  'unknown_lost',
  'unavailable',
  'aborted',
] as const
const CHOICES = [
  'decline',
  'remove',
  'label_informational',
  'disable_access',
  'already_gone',
] as const

export type Choice = (typeof CHOICES)[number]

/** One thing that somebody does, or that happens. What can't be done now is refused by name. */
export type Step =
  | { readonly do: 'notice'; readonly kind: number; readonly item: number; readonly sender: number }
  | { readonly do: 'replay'; readonly n: number }
  | { readonly do: 'revise' | 'withdraw' | 'supplement'; readonly n: number }
  | {
      readonly do: 'claim' | 'release' | 'hold' | 'reverse'
      readonly n: number
      readonly by: number
    }
  | {
      readonly do: 'decide'
      readonly n: number
      readonly by: number
      readonly choice: Choice
      /** How many versions behind the person looked. */
      readonly behind: number
    }
  | { readonly do: 'settle'; readonly n: number; readonly ok: boolean }
  | { readonly do: 'tier'; readonly tier: Tier }
  | { readonly do: 'time'; readonly minutes: number }
  | { readonly do: 'fault'; readonly fault: StoreFault }
  | { readonly do: 'restart' }

const n = fc.nat(9)
const by = fc.nat(PEOPLE.length - 1)

/** Steps, the usual ones more often than the rare ones. */
export const aStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('notice' as const),
      kind: fc.nat(KINDS.length - 1),
      item: fc.nat(1),
      sender: fc.nat(SENDERS.length - 1),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('decide' as const),
      n,
      by,
      choice: fc.constantFrom(...CHOICES),
      behind: fc.constantFrom(0, 0, 0, 1),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'claim' as const,
        'release' as const,
        'hold' as const,
        'reverse' as const,
      ),
      n,
      by,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('revise' as const, 'withdraw' as const, 'supplement' as const),
      n,
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('settle' as const), n, ok: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('time' as const),
      minutes: fc.constantFrom(1, 20, 600, 3_000),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('replay' as const), n }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('tier' as const), tier: fc.constantFrom(...TIERS) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('fault' as const), fault: fc.constantFrom(...FAULTS) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
)
