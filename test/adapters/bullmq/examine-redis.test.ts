import { expect, it } from 'vitest'
import { examineRedis } from '../../../src/adapters/bullmq/examine-redis.ts'
import { queueFault } from '../../../src/adapters/bullmq/fault-code.ts'
import { freshRedis } from '../../support/redis.ts'

it('tells what a Redis is, or why it says nothing', async () => {
  const redis = await freshRedis({ password: 'hunter2' })
  expect(await examineRedis(redis.url)).toEqual({
    isReached: true,
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    evictionPolicy: 'noeviction',
  })
  const denied = { isReached: false, code: 'access_denied' }
  expect(await examineRedis(redis.url.replace('hunter2', 'hunter3'))).toEqual(denied)
  expect(await examineRedis(redis.url.replace(':hunter2@', ''))).toEqual(denied)
  redis.pause()
  const silent = await examineRedis(redis.url)
  redis.resume()
  expect(silent).toEqual({ isReached: false, code: 'timed_out' })
  await redis.stop()
  expect(await examineRedis(redis.url)).toEqual({ isReached: false, code: 'unreachable' })
})

it.each([
  ["OOM command not allowed when used memory > 'maxmemory'.", 'full'],
  ['MISCONF Redis is configured to save RDB snapshots', 'read_only'],
  ["READONLY You can't write against a read only replica.", 'read_only'],
  ['LOADING Redis is loading the dataset in memory', 'loading'],
  ['NOPERM this user has no permissions to run the eval command', 'access_denied'],
  ['ERR max number of clients reached', 'unreachable'],
  ['Command timed out', 'timed_out'],
  ['ERR unknown command', 'failed'],
])('%s is %s', (message, code) => {
  expect(queueFault(new Error(message))).toBe(code)
})

it('knows no more than it is told', () => {
  const refused = Object.assign(new Error('connect 127.0.0.1'), { code: 'ECONNREFUSED' })
  expect([queueFault(refused), queueFault('OOM')]).toEqual(['unreachable', 'failed'])
})
