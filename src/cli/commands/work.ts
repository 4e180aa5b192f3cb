import type { Command } from '../command.ts'
import { runDesk } from '../run-desk.ts'

export const WORK: Command = {
  name: 'work',
  summary: {
    ja: '作業だけを行う（解決、措置、対応結果の送付。公開側のポートは開かない。serve と並べるには PostgreSQL が必要）',
    en: 'Do the work only: resolve, act, deliver; no public port (beside serve it needs PostgreSQL)',
  },
  run: () => runDesk({ http: false, work: true }),
}
