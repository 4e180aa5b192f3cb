import type { OptionSpecs } from './command.ts'

/** Of every command that may be repeated without counting twice. */
export const COMMAND_ID = {
  'command-id': {
    value: 'ID',
    text: {
      ja: '操作の識別子。同じ識別子でやり直しても、記録は一度だけ',
      en: 'Id of this command: repeated with the same id it counts once',
    },
  },
} as const satisfies OptionSpecs
