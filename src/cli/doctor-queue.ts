import type { QueueLocation } from '../config/queue-setting.ts'
import type { SecretText } from '../config/secret-text.ts'
import { finding, type Finding } from './doctor-findings.ts'

/** Looks at the queue that wakes workers. Without it work goes on, up to five seconds later. */
export async function queueFindings(
  queue: QueueLocation,
  url: SecretText | null,
): Promise<Finding[]> {
  if (queue.kind === 'memory' || url === null) return []
  const { examineRedis } = await import('../adapters/bullmq/examine-redis.ts')
  const found = await examineRedis(url.reveal())
  if (!found.isReached)
    return [
      finding(
        'queue',
        'advice',
        `Redis（${queue.host}）を使えません（${found.code}）。作業は、各プロセスが5秒ごとに記録を確認して進めます`,
        `Redis (${queue.host}) cannot be used (${found.code}): each process looks at the record every 5 s instead`,
      ),
    ]
  const { version, evictionPolicy } = found
  const shown = finding(
    'queue',
    'ok',
    `Redis ${version}（${queue.host}）に接続できます`,
    `Redis ${version} (${queue.host}) answers`,
  )
  if (evictionPolicy === 'noeviction') return [shown]
  return [
    shown,
    finding(
      'queue_eviction',
      'advice',
      `Redis の maxmemory-policy が ${evictionPolicy} です。noeviction にしてください（作業の合図が黙って消えないように）`,
      `maxmemory-policy of Redis is ${evictionPolicy}: set it to noeviction, so that tickets do not vanish silently`,
    ),
  ]
}
