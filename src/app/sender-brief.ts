import type { Commission, Sender } from '../core/sender.ts'

/** A sender as it stands beside a notice; its commission, or that it has none, goes with it (M-17). */
export interface SenderBrief {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly commission: Commission | null
}

/** Leaves out tier, rates and endpoint: they are nobody’s argument in a case. */
export function senderBrief({ id, name, type, commission }: Sender): SenderBrief {
  return { id, name, type, commission }
}
