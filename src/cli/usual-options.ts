import type { OptionSpecs } from './command.ts'

/** Of every command that lists. */
export const LIMIT = {
  limit: { value: 'N', text: { ja: '件数（1〜200、既定 50）', en: '1 to 200, default 50' } },
} as const satisfies OptionSpecs

/** Of every command that records why something was done. */
export const INTERNAL_NOTE = {
  'internal-note': {
    value: 'TEXT',
    text: { ja: '社内の記録（外部には出さない）', en: 'Internal note (never leaves the desk)' },
  },
} as const satisfies OptionSpecs
