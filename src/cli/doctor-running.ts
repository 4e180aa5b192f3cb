import { systemClock } from '../adapters/system/clock.ts'
import { finding, type Finding } from './doctor-findings.ts'
import { findDesk } from './hotline/desk-directory.ts'
import { CommandFault } from './usage-error.ts'

const TOLERATED_SKEW_MS = 5_000

/** Looks at a running desk from outside: is it there, is its clock ours, does it get the bytes as sent. */
export async function examineRunning(url: string): Promise<Finding[]> {
  try {
    const { noticesUrl } = await findDesk(url)
    const response = await fetch(noticesUrl, {
      method: 'POST',
      redirect: 'error',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })
    const answer: unknown = await response.json().catch(() => undefined)
    return [
      finding('desk', 'ok', '窓口が応答します', 'The desk answers'),
      skewFinding(response.headers.get('date')),
      parserFinding(answer),
    ]
  } catch (fault) {
    if (!(fault instanceof CommandFault)) throw fault
    return [finding('desk', 'wrong', fault.text.ja, fault.text.en)]
  }
}

function skewFinding(date: string | null): Finding {
  const skewMs = Math.abs(systemClock.now() - Date.parse(date ?? ''))
  const seconds = Math.round(skewMs / 1_000)
  return skewMs <= TOLERATED_SKEW_MS
    ? finding(
        'skew',
        'ok',
        '窓口の時計はこのマシンと合っています',
        "The desk's clock agrees with ours",
      )
    : finding(
        'skew',
        'advice',
        `窓口の時計がこのマシンと ${seconds} 秒ずれています`,
        `The desk's clock differs from ours by ${seconds} s`,
      )
}

/** An unsigned probe is refused for want of a signature, if its bytes got that far. */
function parserFinding(answer: unknown): Finding {
  const code = typeof answer === 'object' && answer !== null && 'code' in answer ? answer.code : ''
  if (code === 'signature_missing')
    return finding(
      'body_parser',
      'ok',
      '本文は、送られたバイト列のまま窓口に届きます',
      'Bodies reach the desk byte for byte',
    )
  return code === 'body_already_parsed'
    ? finding(
        'body_parser',
        'wrong',
        "本文が先に読み取られています。app.use('/madoguchi', senderRouter(madoguchi)) を express.json() より前の行に移してください",
        "Bodies are read before the desk gets them: move app.use('/madoguchi', senderRouter(madoguchi)) above the line with express.json()",
      )
    : finding(
        'body_parser',
        'wrong',
        '通知の受付口が、窓口のものではない応答を返しました',
        'Something else than the desk answered at the endpoint for notices',
      )
}
