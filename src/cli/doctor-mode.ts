import { notedMode } from '../app/note-mode.ts'
import type { DeskMode } from '../core/trial.ts'
import type { Reader } from '../ports/record-store.ts'
import { finding, type Finding } from './doctor-findings.ts'

/** Several processes on one store run in one mode; each writes its own down when it starts. */
export async function modeFinding(read: Reader, mode: DeskMode): Promise<Finding> {
  const noted = await notedMode(read)
  return noted === mode
    ? finding('mode', 'ok', `動作モード: ${mode}`, `Mode: ${mode}`)
    : finding(
        'mode',
        'advice',
        `動作モードの設定は ${mode} ですが、記録では ${noted} です。すべてのプロセスを同じ MADOGUCHI_MODE で起動してください`,
        `The mode is set to ${mode}, but by the record it is ${noted}. Start every process with one MADOGUCHI_MODE`,
      )
}
