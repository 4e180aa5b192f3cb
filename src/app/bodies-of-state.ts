import { isAgencyType } from '../core/lane.ts'
import type { Sender } from '../core/sender.ts'
import type { Reader } from '../ports/record-store.ts'

/** Who can write on the forms of agencies: few, beside those who send most of the notices. */
export async function bodiesOfState(read: Reader): Promise<Sender[]> {
  const senders = await read.find('sender', {}, { orderBy: 'id' })
  return senders.filter(({ type, nature }) => isAgencyType(type) || nature !== 'voluntary_request')
}
