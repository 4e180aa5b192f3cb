import { addOperator } from '../../app/add-operator.ts'
import { readOperators } from '../../app/read-operators.ts'
import { removeOperator } from '../../app/remove-operator.ts'
import { ROLES } from '../../core/vocabulary.ts'
import type { Call, Command, ExitCode } from '../command.ts'
import { ACCESS_OPTIONS, onDesk } from '../desk-access.ts'
import { EXTERNAL_OPTIONS, externalAccess } from '../external-access.ts'
import { timeForPeople, word } from '../words.ts'

interface OperatorOnWire {
  readonly id: string
  readonly name: string
  readonly role: string
  readonly state: string
  readonly created_at: string
  readonly expires_at: string | null
}

const ADMIN = { devOperator: 'admin', isForSystem: true } as const

/** Operators: the people of the desk, and machines of the platform. */
export const OPERATORS: readonly Command[] = [
  {
    name: 'operators add',
    operands: ['NAME'],
    options: {
      role: { value: 'ROLE', text: { ja: ROLES.join(', '), en: ROLES.join(', ') } },
      ...EXTERNAL_OPTIONS,
      ...ACCESS_OPTIONS,
    },
    summary: {
      ja: '担当者を仮名で加え、トークンを一度だけ表示する（氏名は書かない）',
      en: 'Add an operator by pseudonym and print the token, once (no real names)',
    },
    run: add,
  },
  {
    name: 'operators list',
    options: ACCESS_OPTIONS,
    summary: { ja: '担当者の一覧', en: 'List operators' },
    run: list,
  },
  {
    name: 'operators remove',
    operands: ['ID'],
    options: ACCESS_OPTIONS,
    summary: {
      ja: '担当者を外す（トークンは直ちに無効。行った判断の記録は残る）',
      en: 'Remove an operator (the token ends at once; what was decided stays on record)',
    },
    run: remove,
  },
]

async function add(call: Call): Promise<ExitCode> {
  const { flags, out } = call
  const name = flags.operand(0, 'NAME')
  flags.need('role')
  const role = flags.oneOf('role', ROLES, 'reviewer')
  const body = { name, role, ...(role === 'external_auditor' ? externalAccess(flags) : {}) }
  const added = (await onDesk(call, {
    ...ADMIN,
    method: 'POST',
    path: '/v1/operators',
    body,
    run: async (ctx, actor) => {
      const { operator, ...given } = await addOperator(ctx, actor, body)
      return { ...operator, ...given }
    },
  })) as OperatorOnWire & { readonly token: string; readonly sample_id?: string }
  out.result(added, () => {
    out.facts([
      [{ ja: '識別子', en: 'id' }, added.id],
      [{ ja: '仮名', en: 'name' }, added.name],
      [{ ja: '役割', en: 'role' }, word(out, added.role)],
      [{ ja: '期間', en: 'until' }, timeForPeople(out, added.expires_at)],
      [{ ja: '抽出', en: 'sample' }, added.sample_id ?? '—'],
      [{ ja: 'トークン', en: 'token' }, added.token],
    ])
    out.say({
      ja: 'トークンはここに一度だけ表示され、どこにも保存されません。',
      en: 'The token is shown here once and is stored nowhere.',
    })
  })
  return 0
}

async function list(call: Call): Promise<ExitCode> {
  const { out } = call
  const answer = (await onDesk(call, {
    ...ADMIN,
    method: 'GET',
    path: '/v1/operators',
    run: async (ctx, actor) => ({ items: await readOperators(ctx, actor) }),
  })) as { readonly items: readonly OperatorOnWire[] }
  out.result(answer, () => {
    if (answer.items.length === 0) {
      out.say({ ja: '担当者はいません。', en: 'There is no operator.' })
      return
    }
    out.table<OperatorOnWire>(
      [
        { title: { ja: '識別子', en: 'id' }, text: ({ id }) => id },
        { title: { ja: '仮名', en: 'name' }, text: ({ name }) => name },
        { title: { ja: '役割', en: 'role' }, text: ({ role }) => word(out, role) },
        { title: { ja: '状態', en: 'state' }, text: ({ state }) => word(out, state) },
        {
          title: { ja: '登録日時', en: 'added' },
          text: ({ created_at }) => timeForPeople(out, created_at),
        },
        {
          title: { ja: '期間', en: 'until' },
          text: ({ expires_at }) => timeForPeople(out, expires_at),
        },
      ],
      answer.items,
    )
  })
  return 0
}

async function remove(call: Call): Promise<ExitCode> {
  const { flags, out } = call
  const id = flags.operand(0, 'ID')
  const removed = (await onDesk(call, {
    ...ADMIN,
    method: 'POST',
    path: `/v1/operators/${encodeURIComponent(id)}/removal`,
    run: (ctx, actor) => removeOperator(ctx, actor, id),
  })) as OperatorOnWire
  out.result(removed, () => {
    out.say({ ja: `外しました: ${removed.name}`, en: `Removed: ${removed.name}` })
  })
  return 0
}
