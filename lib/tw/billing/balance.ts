/** The account's balance. ASSUMED: path, empty body, and an answer that is or holds a number or decimal text. */
import { BadAnswerFault } from '../../base/errors';
import { decimalText } from '../../base/money';
import type { TwClient } from '../wire/client';
import { isRecord } from '../../base/json';
import type { Limits } from '../../base/limits';

const BALANCE_MEMBERS = ['balance', 'available_balance', 'amount', 'available'];

export interface Balance {
	/** Exact decimal text in the account's currency. */
	balance: string;
	/** TW's own members, if it sent an object. */
	raw: Record<string, unknown>;
}

/** @throws {BadAnswerFault} if no balance can be read from the answer */
export async function readBalance(
	client: TwClient,
	limits: Limits,
	body: object = {},
): Promise<Balance> {
	const data = await client.call('getBalance', body, { rule: 'read', ...limits });
	const read = balanceIn(data);
	if (read === undefined) {
		throw new BadAnswerFault(
			"TW's answer has no balance that can be read",
			'The form of this answer is assumed. Read it raw with the HTTP Request node and the TW API credential, and report its form.',
		);
	}
	return read;
}

/** The balance that an answer holds; undefined if none can be read. */
export function balanceIn(data: unknown): Balance | undefined {
	const raw = isRecord(data) ? data : {};
	const member = BALANCE_MEMBERS.find((name) => decimalText(raw[name]) !== undefined);
	const balance = decimalText(member === undefined ? data : raw[member]);
	return balance === undefined ? undefined : { balance, raw };
}
