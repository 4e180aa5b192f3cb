import type { Command } from './command.ts'
import { APPEALS } from './commands/appeals.ts'
import { CASE_CHANGES } from './commands/case-changes.ts'
import { CASE_DESK } from './commands/case-desk.ts'
import { CASE_CLASS } from './commands/case-class.ts'
import { CASE_NATURE } from './commands/case-nature.ts'
import { CASE_QUESTION } from './commands/case-question.ts'
import { CASES } from './commands/cases.ts'
import { DB } from './commands/db.ts'
import { DECIDE } from './commands/decide.ts'
import { DEMO } from './commands/demo.ts'
import { DEV } from './commands/dev.ts'
import { DOCTOR } from './commands/doctor.ts'
import { EXPLAIN } from './commands/explain.ts'
import { ENTER } from './commands/enter.ts'
import { KEYS } from './commands/keys.ts'
import { LEDGER } from './commands/ledger.ts'
import { OPERATORS } from './commands/operators.ts'
import { OUTBOX } from './commands/outbox.ts'
import { POLICIES } from './commands/policies.ts'
import { POSTERS } from './commands/posters.ts'
import { POLICY_LOOKS } from './commands/policy-looks.ts'
import { READINGS } from './commands/readings.ts'
import { REGISTRATION } from './commands/registration.ts'
import { REPORT } from './commands/report.ts'
import { LEAVE_UP } from './commands/leave-up.ts'
import { REQUESTS } from './commands/requests.ts'
import { SEND } from './commands/send.ts'
import { SEND_MESSAGE } from './commands/send-message.ts'
import { SENDERS } from './commands/senders.ts'
import { SERVE } from './commands/serve.ts'
import { STANDARDS } from './commands/standards.ts'
import { TRIGGER } from './commands/trigger.ts'
import { WORK } from './commands/work.ts'

/** Every command, in the order of the help: to try, to run, to set up, to work, to check. */
export const COMMANDS: readonly Command[] = [
  DEMO,
  DEV,
  TRIGGER,
  SEND,
  ...SEND_MESSAGE,
  REGISTRATION,
  SERVE,
  WORK,
  DOCTOR,
  EXPLAIN,
  ...SENDERS,
  ...KEYS,
  ...OPERATORS,
  ...STANDARDS,
  ...POLICIES,
  ...POLICY_LOOKS,
  ...CASES,
  DECIDE,
  CASE_QUESTION,
  ...CASE_DESK,
  CASE_NATURE,
  CASE_CLASS,
  ...CASE_CHANGES,
  ...POSTERS,
  ...APPEALS,
  ...REQUESTS,
  ...LEAVE_UP,
  ...READINGS,
  REPORT,
  ...ENTER,
  ...OUTBOX,
  ...LEDGER,
  ...DB,
]
