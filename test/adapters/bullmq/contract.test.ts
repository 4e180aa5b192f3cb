import { createBullmqBell } from '../../../src/adapters/bullmq/bell.ts'
import { createMemoryBell } from '../../../src/adapters/memory/bell.ts'
import { systemClock } from '../../../src/adapters/system/clock.ts'
import { bellContract } from '../../contract/bell.ts'
import { KeptLog } from '../../support/desk.ts'
import { freshRedis } from '../../support/redis.ts'

bellContract('BullMQ', async () => {
  const { url } = await freshRedis()
  const log = new KeptLog()
  const here = createMemoryBell(log)
  return createBullmqBell({ url, prefix: 'madoguchi:test', log, clock: systemClock, here })
})
