import type { Command } from '../command.ts'
import { runDesk } from '../run-desk.ts'

export const SERVE: Command = {
  name: 'serve',
  options: {
    'http-only': {
      text: {
        ja: '受付だけを行い、作業は work のプロセスに任せる（MADOGUCHI_QUEUE=redis://… が必要）',
        en: 'Take requests only and leave the work to processes of `work` (needs MADOGUCHI_QUEUE=redis://…)',
      },
    },
  },
  summary: {
    ja: '窓口を動かす（設定は環境変数 MADOGUCHI_*。SIGTERM で、受け付けたものを済ませて終了）',
    en: 'Run the desk (settings: MADOGUCHI_*; on SIGTERM it finishes what it took and ends)',
  },
  run: ({ flags }) => runDesk({ http: true, work: !flags.is('http-only') }),
}
