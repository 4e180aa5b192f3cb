import { auditLog } from '../../ledger/audit.ts'
import { auditSourceOf } from '../../ledger/audit-source.ts'
import { systemClock } from '../../adapters/system/clock.ts'
import type { Command } from '../command.ts'
import { prepareDemoGround, type DemoGround } from '../demo/demo-ground.ts'
import { openDemoWorld, type DemoWorld } from '../demo/demo-world.ts'
import { playStory } from '../demo/play-story.ts'
import { STORIES } from '../demo/stories.ts'
import { Teller } from '../demo/tell.ts'
import { PROGRAM } from '../next-command.ts'
import type { Output } from '../output.ts'
import { readStore } from '../../open-store.ts'
import { whileUp } from '../stop-signal.ts'

/** The main job from one end to the other, with everything real but the people. */
export const DEMO: Command = {
  name: 'demo',
  options: {
    log: {
      value: 'FILE',
      text: {
        ja: '窓口のログ（debug 以上、JSON）を書き込むファイル',
        en: 'File for the log of the desk (debug and above, JSON)',
      },
    },
  },
  summary: {
    ja: '架空のホットラインと架空のSNSで、通知から対応結果までをひととおり実演する（20秒以内）',
    en: 'Show the whole way from notice to outcome with a pretend hotline and platform (under 20 s)',
  },
  run: ({ flags, out }) => whileUp(demo(out, flags.text('log'))),
}

async function demo(out: Output, logFile: string | undefined): Promise<0 | 1> {
  const startedAt = systemClock.now()
  const ground = await prepareDemoGround()
  const tell = new Teller(out)
  try {
    const world = await openDemoWorld(ground, logFile)
    try {
      tellBeginning(out, world)
      for (const [at, story] of STORIES.entries()) {
        tell.heading(story.id, `${at + 1}. ${out.text(story.title)}`, story.what)
        await playStory(world, story, tell)
      }
    } finally {
      await world.stop()
    }
    await tellLedger(out, ground, world, tell)
  } finally {
    await ground.remove()
  }
  return tellEnd(out, tell, systemClock.now() - startedAt)
}

function tellBeginning(out: Output, { publicUrl }: DemoWorld): void {
  out.record({ event: 'started', url: publicUrl })
  out.say({
    ja: '窓口の実演: 登場する団体・担当者・投稿はすべて架空です。HTTP、署名、保存、台帳は本物が動いています。',
    en: 'The desk at work: every organisation, person and post is fictional; HTTP, signatures, store and ledger are real.',
  })
  out.say({
    ja: `窓口は ${publicUrl} で受け付けています。`,
    en: `The desk listens at ${publicUrl}.`,
  })
}

/** After the desk has stopped: whoever holds the record and the public key can do this. */
async function tellLedger(
  out: Output,
  { place }: DemoGround,
  { directory }: DemoWorld,
  tell: Teller,
): Promise<void> {
  tell.heading('ledger', out.text({ ja: '5. 記録台帳の検証', en: '5. Verifying the ledger' }), {
    ja: '窓口を止め、残った台帳をはじめから読み直します。',
    en: 'The desk is stopped; the ledger that it left is re-read from the start.',
  })
  const result = await readStore(place, ({ read }) =>
    auditLog(auditSourceOf(read), { origin: directory.logOrigin, keys: [directory.logKey] }),
  )
  const size = result.ok ? result.size : 0
  const checkpoints = result.ok ? result.checkpoints : 0
  tell.expect(
    'desk',
    'ledger',
    {
      ja: `台帳は一貫しています（記載 ${size} 件、署名付きの確認点 ${checkpoints} 件）`,
      en: `The ledger is consistent (${size} entries, ${checkpoints} signed checkpoints)`,
    },
    result.ok,
  )
}

function tellEnd(out: Output, { checks, failed }: Teller, tookMs: number): 0 | 1 {
  const seconds = (tookMs / 1_000).toFixed(1)
  out.record({ event: 'finished', checks, failed, ms: tookMs })
  out.say('')
  if (failed > 0) {
    out.say({
      ja: `✗ ${checks} 項目のうち ${failed} 項目が合いませんでした。`,
      en: `✗ ${failed} of ${checks} checks failed.`,
    })
    return 1
  }
  out.say({
    ja: `✓ ${checks} 項目をすべて確認しました（${seconds} 秒）。実演の記録は消しました。`,
    en: `✓ All ${checks} checks passed (${seconds} s). Nothing of it is left behind.`,
  })
  out.say({
    ja: `次に: ${PROGRAM} dev（自分で試す）`,
    en: `Next: ${PROGRAM} dev (try it yourself)`,
  })
  return 0
}
