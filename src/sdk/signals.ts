import type { AppContext } from '../app/context.ts'
import { endSignal, type EndedSignal } from '../app/end-signal.ts'
import { reportSignal, type NotedSignal, type SignalReport } from '../app/report-signal.ts'

/** 個別警告: what the platform itself saw of the police's replies to posts. */
export interface SignalsSdk {
  /**
   * An account of `police_accounts` replied to an item; said twice, it is noted once.
   *
   * @param ref What `resolve` gives as `ref` of the item.
   */
  report(ref: unknown, report: SignalReport): Promise<NotedSignal>
  /** The reply is not there any more. Returns whether it was noted. */
  end(ref: unknown, ended: EndedSignal): Promise<boolean>
}

export function signalsSdk(ctx: AppContext): SignalsSdk {
  return {
    report: (ref, report) => reportSignal(ctx, ref, report),
    end: (ref, ended) => endSignal(ctx, ref, ended),
  }
}
