import type { Command } from '../command.ts'
import { examine, type Finding } from '../doctor-findings.ts'

const SIGNS = { ok: '✓', advice: '!', wrong: '✗' } as const

/** Looks at everything that a desk needs and says what is missing. Changes nothing. */
export const DOCTOR: Command = {
  name: 'doctor',
  options: {
    dev: {
      text: {
        ja: '開発用の窓口（./.madoguchi）を調べる',
        en: 'Check the development desk (./.madoguchi)',
      },
    },
    url: {
      value: 'URL',
      text: {
        ja: '動いている窓口の URL（時計と、本文を読み取る順序も調べる）',
        en: 'URL of a running desk (checks its clock and the order of its body parsers, too)',
      },
    },
  },
  summary: {
    ja: '設定、鍵、保存先、時計などを調べ、足りないものを示す（何も変更しない）',
    en: 'Check settings, keys, store and clock, and say what is missing (changes nothing)',
  },
  run: async ({ flags, out }) => {
    const findings = await examine({ isDev: flags.is('dev'), url: flags.text('url') })
    const isWrong = findings.some(({ state }) => state === 'wrong')
    out.result({ ok: !isWrong, findings: findings.map(forMachines) }, () => {
      for (const { state, text } of findings) out.say(`${SIGNS[state]} ${out.text(text)}`)
      out.say('')
      out.say(
        isWrong
          ? { ja: '✗ の項目を直してください。', en: 'Fix what is marked ✗.' }
          : { ja: '動かす用意ができています。', en: 'Ready to run.' },
      )
    })
    return isWrong ? 1 : 0
  },
}

function forMachines({ id, state, text }: Finding): object {
  return { id, state, ...text }
}
