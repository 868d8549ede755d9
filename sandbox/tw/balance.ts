import type { JsonObject } from '../exchange';
import type { TwBackend } from './backend';
import { asNumber, asText } from './money';

/** POST /api/v2/getBalance, ASSUMED throughout (`balanceShape`). */
export function getBalance(_body: JsonObject, { account, settings }: TwBackend): unknown {
	switch (settings.balanceShape) {
		case 'object':
			return { balance: asText(account.balance), currency: 'USD' };
		case 'string':
			return asText(account.balance);
		case 'number':
			return asNumber(account.balance);
	}
}
