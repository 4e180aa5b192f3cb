import { systemClock } from '../adapters/system/clock.ts'
import { SYSTEM } from '../app/actor.ts'
import { addOperator } from '../app/add-operator.ts'
import { changeSender } from '../app/change-sender.ts'
import type { AppContext } from '../app/context.ts'
import { registerKey } from '../app/register-key.ts'
import { registerSender } from '../app/register-sender.ts'
import { removeOperator } from '../app/remove-operator.ts'
import { publishNew } from '../create-madoguchi.ts'
import type { Madoguchi } from '../madoguchi.ts'
import { assemble } from '../server.ts'
import { DEV_OPERATORS, DevFolder } from './dev-folder.ts'
import { exampleStandard } from './example-files.ts'
import { pretendHotline } from './pretend-hotline.ts'
import { ToySns } from './toy-sns.ts'

/** The development desk, prepared and not yet at work. */
export interface DevDesk {
  readonly madoguchi: Madoguchi
  /** What the pretend hotline knows from its receipt of a notice. */
  readonly receiptLeaf: (senderNoticeId: string) => Promise<string | undefined>
}

/** Opens the desk of `./.madoguchi` and makes what it lacks: keys, hotline, standard, people. */
export async function openDevDesk(options: {
  readonly publicUrl: string
  readonly callbackUrl: string
}): Promise<DevDesk> {
  const folder = new DevFolder().create()
  const madoguchi = await assemble({
    platform: new ToySns({ clock: systemClock }),
    settings: { MADOGUCHI_LOG_LEVEL: 'warn', ...folder.settings(options.publicUrl) },
  })
  const { ctx } = madoguchi.internals
  try {
    await registerHotline(ctx, folder, options.callbackUrl)
    await publishNew(madoguchi, [exampleStandard()])
    await addPeople(ctx, folder)
    folder.publicUrl = options.publicUrl
  } catch (fault) {
    await madoguchi.close()
    throw fault
  }
  const senderId = pretendHotline('').id
  return {
    madoguchi,
    receiptLeaf: async (senderNoticeId) => {
      const [notice] = await ctx.read.find('notice', { senderId, senderNoticeId }, { limit: 1 })
      return notice?.leafHash
    },
  }
}

async function registerHotline(
  ctx: AppContext,
  folder: DevFolder,
  callbackUrl: string,
): Promise<void> {
  const hotline = pretendHotline(callbackUrl)
  const known = await ctx.read.get('sender', { id: hotline.id })
  if (known === undefined) await registerSender(ctx, SYSTEM, hotline)
  else if (known.callbackUrl !== callbackUrl)
    await changeSender(ctx, SYSTEM, hotline.id, { callback_url: callbackUrl })
  const { kid } = folder.hotline
  const key = await ctx.read.get('senderKey', { senderId: hotline.id, kid })
  if (key === undefined) await registerKey(ctx, SYSTEM, hotline.id, folder.hotlineJwk)
}

/** Somebody whose token was lost is replaced: the record doesn't hold it. */
async function addPeople(ctx: AppContext, folder: DevFolder): Promise<void> {
  const tokens: Record<string, string> = {}
  for (const [name, role] of Object.entries(DEV_OPERATORS)) {
    const [known] = await ctx.read.find('operator', { name, state: 'active' }, { limit: 1 })
    const kept = folder.tokens[name]
    if (known !== undefined && kept !== undefined) {
      tokens[name] = kept
      continue
    }
    if (known !== undefined) await removeOperator(ctx, SYSTEM, known.id)
    tokens[name] = (await addOperator(ctx, SYSTEM, { name, role })).token
  }
  folder.tokens = tokens
}
