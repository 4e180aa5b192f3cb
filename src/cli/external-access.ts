import { formatTime, startOfDayInJapan, DAY } from '../core/time.ts'
import type { OptionSpecs } from './command.ts'
import type { Flags } from './flags.ts'
import { UsageError } from './usage-error.ts'

/** What `operators add --role external_auditor` takes beside a name. */
export const EXTERNAL_OPTIONS = {
  until: {
    value: 'DATE',
    text: {
      ja: 'external_auditor: この日まで利用できる（90日以内）',
      en: 'external_auditor: access ends with this day (at most 90 days ahead)',
    },
  },
  from: {
    value: 'DATE',
    text: {
      ja: 'external_auditor: この日以後に判断した案件から抽出する',
      en: 'external_auditor: draw from cases decided from this day on',
    },
  },
  to: {
    value: 'DATE',
    text: {
      ja: 'external_auditor: この日までに判断した案件から抽出する',
      en: 'external_auditor: … up to and with this day',
    },
  },
  size: {
    value: 'N',
    text: { ja: 'external_auditor: 抽出する件数', en: 'external_auditor: how many to draw' },
  },
  percent: {
    value: 'N',
    text: {
      ja: 'external_auditor: 抽出する割合（%）',
      en: 'external_auditor: or which share, in per cent',
    },
  },
} as const satisfies OptionSpecs

/** The members of the request; days are days in Japan. @throws UsageError. */
export function externalAccess(flags: Flags): Readonly<Record<string, unknown>> {
  const size = flags.text('size')
  if ((size === undefined) === (flags.text('percent') === undefined))
    throw new UsageError(
      '--size と --percent のどちらか一つを指定してください。',
      'Give either --size or --percent.',
    )
  return {
    expires_at: formatTime(dayOf(flags, 'until') + DAY),
    decided_from: formatTime(dayOf(flags, 'from')),
    decided_until: formatTime(dayOf(flags, 'to') + DAY),
    ...(size === undefined
      ? { sample_percent: flags.integer('percent', 1, 100, 100) }
      : { sample_size: flags.integer('size', 1, 1_000, 1) }),
  }
}

function dayOf(flags: Flags, name: string): number {
  const at = startOfDayInJapan(flags.need(name))
  if (at !== undefined) return at
  throw new UsageError(
    `--${name} は 2026-11-22 のように書きます。`,
    `Write --${name} like 2026-11-22.`,
  )
}
