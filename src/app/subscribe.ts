import type { AppContext } from './context.ts'

/** Writes the named handlers of this process; a name seen for the first time starts with later events. */
export async function subscribe(ctx: AppContext): Promise<void> {
  const groups = ctx.handlers.groups
  if (groups.length === 0) return
  await ctx.committer.submit({
    name: 'handlers.subscribe',
    bytes: 256,
    locks: groups.map((group) => `subscription:${group}`),
    run: async (tx) => {
      const fromSeq = await tx.lastEventSeq()
      for (const group of groups) {
        const [event = '', name = ''] = group.split('/')
        const known = await tx.get('subscription', { event, name })
        if (known === undefined) await tx.insert('subscription', { event, name, fromSeq })
      }
      return { result: undefined, events: [] }
    },
  })
}
